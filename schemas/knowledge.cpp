#include "schemas/knowledge.h"

#include <utility>

#include "schemas/customs_note.h"
#include "schemas/rules.h"

namespace schemas {

namespace {

constexpr std::string_view exchange_answer = "DxpRep";

base::Severity severity_of(Effect effect) {
  return effect == Effect::refuse || effect == Effect::hold ? base::Severity::error : base::Severity::warning;
}

// The first of several meanings whose words stand in the text, with what varies in them; else the first.
Explanation by_status(std::span<const Answer> answers, std::string_view status, const ComparableText& info) {
  for (const Answer& answer : answers) {
    auto parts = answer.pattern.empty() ? std::nullopt : answer.pattern.match(info);
    if (!parts) continue;
    Explanation explanation = explained(status, answer, severity_of(answer.effect));
    explanation.parts = *std::move(parts);
    return explanation;
  }
  return explained(status, answers.front(), severity_of(answers.front().effect));
}

std::string behind_blank(std::string_view text) { return " " + std::string(text); }

}  // namespace

base::Result<Knowledge> Knowledge::load(const Catalog& catalog, const DataFolders& folders) {
  auto tables = KnowledgeTables::load(catalog, folders);
  if (!tables) return tables.faults();
  Knowledge knowledge;
  knowledge.catalog_ = &catalog;
  knowledge.tables_ = *std::move(tables);
  return knowledge;
}

void Knowledge::add_rules(std::span<const RuleText> rules) {
  for (const RuleText& rule : rules) {
    auto codes = CodeSet::read("rule." + rule.id + " " + rule.id);
    if (!codes) continue;
    KnowledgeRow& row = tables_.faults.emplace_back();
    row.codes = *std::move(codes);
    row.meaning = tables_.rule;
    row.meaning.zh = rule.zh;
    row.meaning.en = rule.en;
    row.meaning.source = rule.clause;
    row.severity = rule.severity.value_or(base::Severity::warning);
  }
}

std::optional<Explanation> Knowledge::by_customs_code(const Declared& document, const Answer& answer,
                                                      const ComparableText& info) const {
  const auto notes = customs_notes(info);
  for (const CustomsNote& note : notes) {
    FoundRow found = find_row(tables_.customs_codes, document.type, note.code, ComparableText(note.description));
    if (found.row == nullptr) continue;
    Explanation explanation = explained(note.code, found.row->meaning, severity_of(answer.effect));
    explanation.parts = std::move(found.parts);
    return explanation;
  }
  if (notes.empty()) return std::nullopt;
  const CustomsNote& note = notes.front();
  Explanation explanation = explained(note.code, answer, severity_of(answer.effect));
  tell_unlisted(explanation, "；海关代码 " + note.code + " 未收录",
                "; the customs code " + note.code + " is not listed", note.description);
  return explanation;
}

std::optional<Explanation> Knowledge::by_words(const Declared& document, std::string_view status, const Answer& answer,
                                               const ComparableText& info) const {
  for (const KnowledgeRow& row : tables_.texts) {
    const Fit fit = row.codes.fit(status);
    // A code with a meaning of its own is not explained by words that stand for many codes.
    if (fit == Fit::none || (fit == Fit::range && answer.fit == Fit::exact) || !row.holds_for(document.type)) continue;
    auto parts = row.pattern.match(info);
    if (!parts) continue;
    Explanation explanation = explained(status, row.meaning, severity_of(answer.effect));
    explanation.parts = *std::move(parts);
    return explanation;
  }
  return std::nullopt;
}

Explanation Knowledge::transport_code(std::string_view code, std::string_view info) const {
  const bool has_its_form = code.size() == transport_code_digits;
  const FoundRow found = has_its_form ? find_row(tables_.transport, {}, code, ComparableText(info)) : FoundRow{};
  if (found.row != nullptr) return explained(code, found.row->meaning, base::Severity::error);
  Explanation explanation = explained(code, tables_.unlisted, base::Severity::error);
  tell_unlisted(explanation, behind_blank(code), behind_blank(code), info);
  return explanation;
}

bool Knowledge::passes_later(std::string_view transport_code) const {
  if (transport_code.size() != transport_code_digits) return false;
  const FoundRow found = find_row(tables_.transport, {}, transport_code, ComparableText({}));
  return found.row != nullptr && found.row->passes_later;
}

Explanation Knowledge::explain(const Declared& declared, std::string_view status, std::string_view info) const {
  if (declared.type == exchange_answer) return transport_code(status, info);
  Declared document = declared;
  const MessageType* type = catalog_->find(declared.type);
  if (type != nullptr && !type->answers.empty()) document.type = type->answers;
  const auto answers = catalog_->answers(document, status);
  const ComparableText text(info);
  if (auto explanation = by_customs_code(document, answers.front(), text)) return *std::move(explanation);
  if (auto explanation = by_words(document, status, answers.front(), text)) return *std::move(explanation);
  Explanation explanation = by_status(answers, status, text);
  if (!answers.front().known()) tell_unlisted(explanation, behind_blank(status), behind_blank(status), info);
  return explanation;
}

}  // namespace schemas

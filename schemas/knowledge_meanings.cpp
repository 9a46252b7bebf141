// Every meaning of a bare code. What is no code at all is looked for among the words of answers.
#include <algorithm>
#include <utility>

#include "schemas/customs_note.h"
#include "schemas/knowledge.h"

namespace schemas {

namespace {

class Gathering {
 public:
  Gathering(const Catalog& catalog, const KnowledgeTables& tables, std::string_view type)
      : catalog_(catalog), tables_(tables) {
    const MessageType* asked = catalog.find(type);
    type_ = asked != nullptr && !asked->answers.empty() ? asked->answers : type;
  }

  std::vector<Sense> all(std::string_view code) {
    const ComparableText text(code);
    add_customs_notes(text);
    if (senses_.empty()) add_code(code);
    if (senses_.empty()) add_words(text);
    if (senses_.empty()) add_unlisted(code);
    return std::move(senses_);
  }

 private:
  bool is_asked_for(std::string_view type) const { return type_.empty() || type_ == type; }

  Sense& add(std::string_view code, const Meaning& meaning, base::Severity severity) {
    return senses_.emplace_back(Sense{explained(code, meaning, severity), {}, std::nullopt, {}});
  }

  void add_code(std::string_view code) {
    for (const MessageType& type : catalog_.types()) {
      if (is_asked_for(type.name)) add_status(code, type);
    }
    add_customs_codes(code, Fit::exact);
    if (senses_.empty()) add_customs_codes(code, Fit::range);
    add_rows(tables_.faults, code, Fit::exact, {});
    add_message(code);
    const bool is_transport = type_.empty() || type_ == "DxpRep";
    if (!is_transport || code.size() != transport_code_digits) return;
    add_rows(tables_.transport, code, Fit::exact, {"DxpRep"});
    if (senses_.empty()) add_rows(tables_.transport, code, Fit::range, {"DxpRep"});
  }

  // One sense for all types that give the status one meaning.
  void add_status(std::string_view code, const MessageType& type) {
    // The format check answers any message with any negative number: that tells nothing of a number by itself.
    const bool is_asked_for_by_name = !type_.empty();
    for (const Answer& answer : catalog_.answers({type.name, "1", "2"}, code)) {
      const bool tells = answer.fit == Fit::exact || type.kind == MessageKind::declaration || is_asked_for_by_name;
      if (answer.known() && tells) join(code, type.name, answer);
    }
  }

  void join(std::string_view code, const std::string& type, const Answer& answer) {
    const bool stops = answer.effect == Effect::refuse || answer.effect == Effect::hold;
    Sense sense{explained(code, answer, stops ? base::Severity::error : base::Severity::warning),
                {type},
                answer.effect,
                answer.outcome};
    const auto same = std::ranges::find_if(senses_, [&](const Sense& one) {
      return one.effect == sense.effect && one.outcome == sense.outcome && one.explanation.zh == sense.explanation.zh &&
             one.explanation.advice_zh == sense.explanation.advice_zh && one.explanation.side == sense.explanation.side;
    });
    if (same == senses_.end()) {
      senses_.push_back(std::move(sense));
    } else if (same->types.back() != type) {
      same->types.push_back(type);
    }
  }

  void add_customs_codes(std::string_view code, Fit fit) {
    for (const KnowledgeRow& row : tables_.customs_codes) {
      if (row.codes.fit(code) != fit || (!type_.empty() && !row.holds_for(type_))) continue;
      add(code, row.meaning, base::Severity::error).types = row.types;
      if (row.meaning.side == Side::nobody) senses_.back().explanation.severity = base::Severity::warning;
    }
  }

  void add_rows(const KnowledgeRows& rows, std::string_view code, Fit fit, const std::vector<std::string>& types) {
    for (const KnowledgeRow& row : rows) {
      if (row.codes.fit(code) == fit) add(code, row.meaning, row.severity).types = types;
    }
  }

  void add_message(std::string_view code) {
    const std::string full = std::string(code) + "Message";
    for (const KnowledgeRow& row : tables_.messages) {
      if (row.codes.fit(code) != Fit::exact && row.codes.fit(full) != Fit::exact) continue;
      add(row.codes.named().front(), row.meaning, base::Severity::warning).types = row.codes.named();
      return;
    }
    const MessageType* type = catalog_.find(code);
    if (type == nullptr) type = catalog_.find(full);
    if (type == nullptr) return;
    add(type->name, described(*type), base::Severity::warning).types = {type->name};
  }

  static std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }

  static Meaning described(const MessageType& type) {
    const std::string key = listed(type.key_fields), roles = listed(type.roles);
    Meaning meaning;
    meaning.source = type.root.clause;
    meaning.zh = type.title_zh;
    meaning.en = type.title_en;
    if (type.kind == MessageKind::receipt) {
      meaning.zh += "：电子口岸或海关对 " + type.answers + " 的回执";
      meaning.en += ": what E-Port or customs answers to " + type.answers;
    } else {
      meaning.zh += "：由企业申报（角色 " + roles + "），回执为 " + type.receipt;
      meaning.en += ": declared by enterprises (roles " + roles + "), answered by " + type.receipt;
    }
    meaning.zh += "；业务主键 " + key;
    meaning.en += "; its key is " + key;
    return meaning;
  }

  void add_customs_notes(const ComparableText& text) {
    for (const CustomsNote& note : customs_notes(text)) {
      const ComparableText description(note.description);
      for (const KnowledgeRow& row : tables_.customs_codes) {
        if (row.codes.fit(note.code) == Fit::none || (!type_.empty() && !row.holds_for(type_))) continue;
        auto parts = row.pattern.match(description);
        if (!parts) continue;
        add(note.code, row.meaning, base::Severity::error).types = row.types;
        senses_.back().explanation.parts = *std::move(parts);
        break;
      }
    }
  }

  void add_words(const ComparableText& text) {
    for (const KnowledgeRow& row : tables_.texts) {
      if (!type_.empty() && !row.holds_for(type_)) continue;
      auto parts = row.pattern.match(text);
      if (!parts) continue;
      const auto& named = row.codes.named();
      add(named.size() == 1 ? named.front() : std::string_view(), row.meaning, base::Severity::warning).types =
          row.types;
      senses_.back().explanation.parts = *std::move(parts);
      return;
    }
  }

  void add_unlisted(std::string_view code) {
    Sense& sense = add(code, tables_.unlisted, base::Severity::warning);
    tell_unlisted(sense.explanation, {}, {}, {});
  }

  const Catalog& catalog_;
  const KnowledgeTables& tables_;
  std::string type_;  // of a declaration; empty: all
  std::vector<Sense> senses_;
};

}  // namespace

std::vector<Sense> Knowledge::meanings(std::string_view code, std::string_view type) const {
  return Gathering(*catalog_, tables_, type).all(code);
}

}  // namespace schemas

#include "tests/schemas/rule_cases.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <stdexcept>

#include "schemas/judge.h"
#include "schemas/rule_folders.h"
#include "schemas/table.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using Codes = std::set<std::string>;

const schemas::Judge& judge_of(const std::string& edition) {
  static std::map<std::string, schemas::Judge> loaded;
  if (const auto at = loaded.find(edition); at != loaded.end()) return at->second;
  auto judge = schemas::Judge::load(tests::schemas_directory(), tests::catalog_of(edition));
  if (!judge) throw std::runtime_error(judge.faults().front().path + ": " + judge.faults().front().en);
  return loaded.emplace(edition, std::move(*judge)).first->second;
}

// What schema and rules say, a question mark behind a warning; code tables speak elsewhere.
Codes codes_of(const std::string& edition, const std::string& document) {
  Codes codes;
  const auto read = base::XmlDocument::read(document);
  if (!read) return {"not XML"};
  const auto verdict = judge_of(edition).judge(*read, schemas::Level::all, schemas::SignatureDemand::as_schema_says);
  for (const auto& fault : verdict.faults) {
    if (fault.code.starts_with("code.")) continue;
    codes.insert(fault.code + (fault.severity == base::Severity::warning ? "?" : ""));
  }
  return codes;
}

Codes expected(const tests::RuleCase& one) {
  if (one.says == "nothing") return {};
  return {"rule." + one.rule + (one.says == "warning" ? "?" : "")};
}

// With CEBGATE_RULE_CASES the documents stay in that folder, for other Schematron tools: LINE-ROOT.xml.
void keep(const tests::RuleCase& one, const std::string& document) {
  const char* folder = std::getenv("CEBGATE_RULE_CASES");
  if (folder == nullptr || one.edition != "202205") return;
  tests::write_file(std::filesystem::path(folder) / (std::to_string(one.line) + "-" + one.root + ".xml"), document);
}

TEST(RuleCases, SayWhatTheyShouldAndNothingElse) {
  for (const tests::RuleCase& one : tests::rule_cases()) {
    SCOPED_TRACE("cases.tsv:" + std::to_string(one.line) + " " + one.rule + " " + one.root + " " + one.edition + " " +
                 one.changes);
    const std::string document = one.document();
    keep(one, document);
    EXPECT_EQ(codes_of(one.edition, document), expected(one));
  }
}

std::string kind_of(const std::string& root) {
  const auto* type = tests::catalog_202205().find(root);
  return type == nullptr ? "envelope" : std::string(word(type->kind));
}

std::vector<schemas::RuleText> rules_of(const std::string& root, const std::string& edition) {
  const schemas::RuleFolders folders(tests::schemas_directory(), edition);
  const auto set = schemas::RuleSet::load(folders.files_of(kind_of(root), root), edition);
  if (!set) throw std::runtime_error(set.faults().front().path + ": " + set.faults().front().en);
  return set->texts();
}

std::vector<schemas::RuleText> all_rules() {
  const auto texts = schemas::RuleFolders(tests::schemas_directory(), "202205").texts();
  if (!texts) throw std::runtime_error(texts.faults().front().path + ": " + texts.faults().front().en);
  return *texts;
}

TEST(RuleCases, KeepAndBreakEveryRule) {
  std::map<std::string, std::set<bool>> seen;
  for (const tests::RuleCase& one : tests::rule_cases()) seen[one.rule].insert(one.says == "nothing");
  for (const auto& rule : all_rules()) {
    if (!rule.severity) continue;
    EXPECT_EQ(seen[rule.id].size(), 2u) << rule.id;
  }
}

struct StatedRule {
  std::string id, severity, enforced;
  std::vector<std::string> types;
};

// The rules of the specification that a document alone can keep or break.
std::vector<StatedRule> stated_rules(const std::filesystem::path& file) {
  std::vector<StatedRule> rules;
  for (const std::string& line : schemas::split(tests::read_file(file), '\n')) {
    auto cells = schemas::split(line, '\t');
    if (cells.size() < 9 || (cells[7] != "field" && cells[7] != "document")) continue;
    rules.push_back({cells[0], cells[6], cells[8], schemas::split(cells[2], ',')});
  }
  return rules;
}

// Where the schema judges for a rule that other types need: rule and type, as unjudged.tsv has them.
std::set<std::string> excused() {
  constexpr std::array<std::string_view, 4> columns{"id", "types", "zh", "en"};
  const auto table = schemas::Table::read(tests::schemas_directory() / "rules/unjudged.tsv", columns);
  std::set<std::string> result;
  for (const auto& row : table->rows()) {
    for (const std::string& type : schemas::words(row.cells[1])) result.insert(row.cells[0] + " " + type);
  }
  return result;
}

// Where the specification contradicts itself or cannot be judged for sure, we warn: docs/decisions/0011.
const std::set<std::string> milder_than_stated{"G11b", "E303-03", "E403-01", "E507-01", "E603-05", "D05"};

TEST(RuleCases, JudgeOrExplainEveryRuleOfTheSpecification) {
  const auto facts = tests::shared_directory() / "spec/rules.tsv";
  if (!std::filesystem::exists(facts)) GTEST_SKIP() << facts << " is not there";
  const auto all = all_rules();
  const auto unjudged = excused();
  std::map<std::string, std::set<std::string>> judged;
  for (const auto& type : tests::catalog_202205().types()) {
    for (const auto& rule : rules_of(type.name, "202205")) judged[type.name].insert(rule.id);
  }
  for (const char* envelope : {"DxpMsg", "DxpMsgSv"}) {
    for (const auto& rule : rules_of(envelope, "202205")) judged[envelope].insert(rule.id);
  }
  for (const StatedRule& stated : stated_rules(facts)) {
    if (stated.enforced.starts_with("yes")) continue;
    const auto text = std::ranges::find(all, stated.id, &schemas::RuleText::id);
    EXPECT_NE(text, all.end()) << stated.id;
    if (text == all.end() || !text->severity) continue;
    const bool error = *text->severity == base::Severity::error;
    EXPECT_EQ(error, stated.severity == "reject" && !milder_than_stated.contains(stated.id)) << stated.id;
    for (const std::string& type : stated.types) {
      const std::string root = type.starts_with("Dxp") ? type : "CEB" + type + "Message";
      EXPECT_TRUE(judged[root].contains(stated.id) || unjudged.contains(stated.id + " " + type))
          << stated.id << " " << root;
    }
  }
}

TEST(RuleTexts, SayTheRuleInBothLanguagesWithItsClause) {
  const auto all = all_rules();
  const auto sum = std::ranges::find(all, "I311-04", &schemas::RuleText::id);
  ASSERT_NE(sum, all.end());
  EXPECT_EQ(sum->clause, "报文规范 202205 §3.1.4");
  EXPECT_EQ(sum->en, "acturalPaid is goodsValue + freight + taxTotal - discount");
  EXPECT_EQ(sum->severity, base::Severity::error);
  for (const auto& rule : all) {
    EXPECT_FALSE(rule.zh.empty()) << rule.id;
    EXPECT_FALSE(rule.en.empty()) << rule.id;
  }
  const auto default_value = std::ranges::find(all, "G05", &schemas::RuleText::id);
  ASSERT_NE(default_value, all.end());
  EXPECT_EQ(default_value->severity, std::nullopt);
}

TEST(RuleTexts, NameNoSectionOfAnotherEdition) {
  for (const auto& rule : rules_of("CEB311Message", "2018")) {
    EXPECT_EQ(rule.clause.find("§"), std::string::npos) << rule.id;
  }
}

}  // namespace

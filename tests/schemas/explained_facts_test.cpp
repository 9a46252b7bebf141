// Every status and code that the specification or practice knows is explained, and every fault code of our own.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "schemas/knowledge.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Explanation;
using schemas::Remedy;
using schemas::Side;
using tests::catalog_202205;

const schemas::Knowledge& all_knowledge() {
  static const auto loaded = schemas::Knowledge::load(catalog_202205(), {tests::schemas_directory(), {}});
  return loaded.value();
}

Explanation explained(const std::string& type, const std::string& status, const std::string& info) {
  return all_knowledge().explain({type, "1", "2"}, status, info);
}

using Facts = std::vector<std::map<std::string, std::string>>;

Facts facts(const std::string& file) {
  const auto path = tests::shared_directory() / "spec" / file;
  if (!std::filesystem::exists(path)) return {};
  std::istringstream lines(tests::read_file(path));
  std::string line;
  std::getline(lines, line);
  const auto columns = schemas::split(line, '\t');
  Facts rows;
  while (std::getline(lines, line)) {
    const auto cells = schemas::split(line, '\t');
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) row[columns[i]] = cells[i];
  }
  return rows;
}

// Good news needs nobody to do anything; everything else says what to do.
void expect_explained(const Explanation& explanation, const std::string& what) {
  EXPECT_TRUE(explanation.known) << what;
  EXPECT_FALSE(explanation.zh.empty() || explanation.en.empty()) << what;
  EXPECT_FALSE(explanation.source.empty()) << what;
  EXPECT_EQ(explanation.advice_zh.empty(), explanation.advice_en.empty()) << what;
  if (explanation.side != Side::nobody) {
    EXPECT_NE(explanation.remedy, Remedy::none) << what;
    EXPECT_FALSE(explanation.advice_zh.empty()) << what;
  }
}

TEST(SpecificationFacts, EachStatusOfAReceiptIsExplained) {
  const auto rows = facts("returns.tsv");
  if (rows.empty()) GTEST_SKIP() << "the specification's facts are not here";
  for (const auto& row : rows) {
    const std::string &message = row.at("message"), &status = row.at("status");
    const std::string what = message + " " + status;
    if (status != "<0") {
      expect_explained(explained(message, status, {}), what);
      continue;
    }
    const auto unlisted = explained(message, "-999999", "某种原因");
    EXPECT_NE(unlisted.remedy, Remedy::none) << what;
    EXPECT_EQ(unlisted.severity, base::Severity::error) << what;
  }
}

TEST(SpecificationFacts, EachCodeOfTheExchangePlatformIsExplained) {
  const auto rows = facts("errors.tsv");
  if (rows.empty()) GTEST_SKIP() << "the specification's facts are not here";
  for (const auto& row : rows) {
    if (row.at("table") != "7-1") continue;
    for (const auto& code :
         row.at("code").empty() ? std::vector<std::string>{"4000", "9999"} : std::vector<std::string>{row.at("code")})
      expect_explained(explained("DxpRep", code, row.at("text")), code);
  }
}

// The official text with something in each of its gaps.
std::string filled(const std::string& text) { return std::regex_replace(text, std::regex("\\*"), "甲1"); }

TEST(SpecificationFacts, EachImportCodeIsExplainedWithWhatVariesInItsText) {
  const auto rows = facts("errors.tsv");
  if (rows.empty()) GTEST_SKIP() << "the specification's facts are not here";
  for (const auto& row : rows) {
    if (row.at("table") != "7-2") continue;
    const std::string guess = row.at("message_guess");
    const std::string type = guess.empty() ? "CEB311Message" : guess.substr(0, 6) + "Message";
    const auto explanation = explained(type, row.at("code"), filled(row.at("text")));
    const std::string what = type + " " + row.at("code") + " " + row.at("text");
    expect_explained(explanation, what);
    const auto gaps = std::ranges::count_if(explanation.parts, [](const auto& part) { return part.second == "甲1"; });
    EXPECT_GE(gaps, std::stoi(row.at("placeholders"))) << what;
  }
}

TEST(SpecificationFacts, EachExportRangeIsExplained) {
  const auto rows = facts("errors.tsv");
  if (rows.empty()) GTEST_SKIP() << "the specification's facts are not here";
  const std::map<std::string, std::string> types{
      {"企业错误信息", "CEB303Message"},       {"订单信息错误", "CEB303Message"},
      {"收款单错误", "CEB403Message"},         {"运单错误信息", "CEB505Message"},
      {"清单错误信息", "CEB603Message"},       {"撤销申请单错误信息", "CEB605Message"},
      {"物流运抵单错误信息", "CEB507Message"}, {"物流离境单错误信息", "CEB509Message"},
      {"清单总分单错误信息", "CEB607Message"}, {"汇总申请单错误信息", "CEB701Message"}};
  const std::regex bounds("(-\\d+) 至(-\\d+)");
  for (const auto& row : rows) {
    if (row.at("table") != "7-3") continue;
    std::smatch range;
    ASSERT_TRUE(std::regex_match(row.at("range_printed"), range, bounds)) << row.at("range_printed");
    for (const std::string& code : {range[1].str(), range[2].str()})
      expect_explained(explained(types.at(row.at("category")), code, row.at("text")), code);
  }
}

TEST(SpecificationFacts, EachLiveCodeIsExplained) {
  const auto rows = facts("live-codes.tsv");
  if (rows.empty()) GTEST_SKIP() << "the specification's facts are not here";
  const std::regex note("\\[Code:(\\d+);.*");
  for (const auto& row : rows) {
    const std::string& text = row.at("text_seen");
    const auto explanation = explained(row.at("receipt") + "Message", row.at("status"), text);
    expect_explained(explanation, row.at("receipt") + " " + row.at("status") + " " + text);
    std::smatch code;
    EXPECT_EQ(explanation.code, std::regex_match(text, code, note) ? code[1].str() : row.at("status"));
  }
}

// Literals of the form word.word that are no fault codes: names of data files, a column in SQL, the type of a notice,
// abilities that brokers are told, a place in an agreement.
bool is_code(const std::string& literal) {
  static const std::set<std::string> tables{"d", "m", "n", "excluded"},
      names{"document.changed", "basic.nack", "connection.blocked", "receipt.return_url"};
  static const std::set<std::string> endings{"tsv", "xsd", "sch", "xml", "json", "jsonl", "toml", "pem", "db", "html"};
  const auto dot = literal.find('.');
  return !endings.contains(literal.substr(dot + 1)) && !tables.contains(literal.substr(0, dot)) &&
         !names.contains(literal);
}

void collect_codes(const std::filesystem::path& file, std::map<std::string, std::string>& codes) {
  static const std::regex literal("\"([a-z][a-z0-9]*\\.[a-z_-]+)\"");
  std::istringstream lines(tests::read_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.find("base::failpoint(") != std::string::npos) continue;  // the name of a place
    line = line.substr(0, line.find("// "));
    for (std::sregex_iterator found(line.begin(), line.end(), literal), none; found != none; ++found) {
      if (is_code((*found)[1])) codes.emplace((*found)[1], file.string());
    }
  }
}

TEST(OwnFaultCodes, AreExplainedAndNoOtherIs) {
  std::map<std::string, std::string> used;
  for (const char* folder : {"base", "config", "schemas", "signing", "codecs", "gateway", "tools"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tests::source_directory() / folder)) {
      const bool is_fetched = entry.path().string().find("/node_modules/") != std::string::npos;
      if (is_fetched) continue;
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") collect_codes(entry.path(), used);
    }
  }
  EXPECT_GT(used.size(), 100u);
  std::set<std::string> told;
  std::istringstream lines(tests::read_file(tests::schemas_directory() / "knowledge/faults.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('#') && !line.starts_with("code\t")) told.insert(line.substr(0, line.find('\t')));
  }
  for (const auto& [code, file] : used) {
    EXPECT_TRUE(told.contains(code)) << code << " of " << file << " has no row in knowledge/faults.tsv";
  }
  for (const std::string& code : told) EXPECT_TRUE(used.contains(code)) << code << " is a row that no source uses";
}

}  // namespace

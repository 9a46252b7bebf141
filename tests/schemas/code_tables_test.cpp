#include "schemas/code_tables.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "schemas/judge.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::CodeTables;

const CodeTables& tables() {
  static const auto loaded = CodeTables::load(tests::schemas_directory());
  if (!loaded) throw std::runtime_error(loaded.faults().front().path + ": " + loaded.faults().front().en);
  return *loaded;
}

std::vector<std::string> codes_of(const std::vector<const schemas::Code*>& found) {
  std::vector<std::string> codes;
  for (const schemas::Code* code : found) codes.push_back(code->code);
  return codes;
}

TEST(CodeTables, AreLookedUpByCodeAndByNameInEitherLanguage) {
  EXPECT_EQ(tables().find("currency")->find("142")->zh, "人民币");
  EXPECT_EQ(tables().find("currency")->find("14"), nullptr);
  EXPECT_EQ(codes_of(tables().find("unit")->lookup("035")), std::vector<std::string>{"035"});
  EXPECT_EQ(codes_of(tables().find("unit")->lookup("千克")), std::vector<std::string>{"035"});
  EXPECT_EQ(codes_of(tables().find("unit")->lookup("KiloGram")), std::vector<std::string>{"035"});
  EXPECT_EQ(codes_of(tables().find("country")->lookup("jpn")), std::vector<std::string>{"116"});
  EXPECT_EQ(codes_of(tables().find("customs")->lookup("马村港")), (std::vector<std::string>{"6409", "6410"}));
  EXPECT_TRUE(tables().find("unit")->lookup("no such unit").empty());
  EXPECT_EQ(tables().find("no such table"), nullptr);
}

TEST(CodeTables, SayAsOfWhichDayTheyAre) {
  EXPECT_EQ(tables().tables().size(), 14u);
  for (const auto& table : tables().tables()) {
    EXPECT_EQ(table.as_of.size(), 10u) << table.name;
    EXPECT_FALSE(table.codes.empty()) << table.name;
    EXPECT_FALSE(table.source.empty() || table.zh.empty() || table.en.empty()) << table.name;
  }
}

TEST(CodeTables, HoldEveryCodeOfTheFacts) {
  const auto folder = tests::shared_directory() / "params";
  if (!exists(folder)) GTEST_SKIP() << "there is no " << folder;
  for (const auto& table : tables().tables()) {
    const std::string text = tests::read_file(folder / (table.name + ".tsv"));
    std::size_t count = 0;
    for (auto at = text.find('\n'); at + 1 < text.size(); at = text.find('\n', at + 1)) {
      const std::string code = text.substr(at + 1, text.find('\t', at) - at - 1);
      if (table.name == "traf_mode" && code == "A") continue;  // asks for every mode; no declaration has it
      EXPECT_NE(table.find(code), nullptr) << table.name << " " << code;
      ++count;
    }
    EXPECT_GE(table.codes.size(), count) << table.name;
  }
}

TEST(CodeTables, OfASiteStandForOurs) {
  const tests::ScratchDirectory site;
  std::filesystem::create_directory(site.path() / "params");
  tests::write_file(site.path() / "params/tables.tsv",
                    "table\tzh\ten\tas_of\tsource\nunit\t计量单位\tunits\t2026-01-01\tour own\n");
  tests::write_file(site.path() / "params/unit.tsv", "code\tzh\ten\tother\n999\t新单位\tnew unit\t\n");
  const auto loaded = CodeTables::load({tests::schemas_directory(), site.path()});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->find("unit")->as_of, "2026-01-01");
  EXPECT_NE(loaded->find("unit")->find("999"), nullptr);
  EXPECT_EQ(loaded->find("unit")->find("035"), nullptr);
  EXPECT_NE(loaded->find("currency")->find("142"), nullptr);
}

TEST(CodeTables, NameEveryFaultOfTheirFiles) {
  const tests::ScratchDirectory site;
  std::filesystem::create_directory(site.path() / "params");
  tests::write_file(site.path() / "params/tables.tsv",
                    "table\tzh\ten\tas_of\tsource\nunit\t计量单位\tunits\t\tours\ncurrency\tc\tc\t2026-01-01\tc\n");
  tests::write_file(site.path() / "params/unit.tsv", "code\tzh\ten\tother\n001\t台\t\t\n001\t台\t\t\n\t台\t\t\n");
  const auto loaded = CodeTables::load({tests::schemas_directory(), site.path()});
  ASSERT_FALSE(loaded);
  std::set<std::pair<std::string, int>> told;
  for (const auto& fault : loaded.faults()) {
    told.emplace(std::filesystem::path(fault.path).filename().string(), fault.line);
  }
  EXPECT_EQ(told, (std::set<std::pair<std::string, int>>{
                      {"tables.tsv", 2}, {"unit.tsv", 3}, {"unit.tsv", 4}, {"currency.tsv", 0}}));
}

// The faults of an order whose first goods row has these values.
base::Faults faults_with(const std::string& field, const std::string& value) {
  static const auto judge = schemas::Judge::load(tests::schemas_directory(), tests::catalog_202205());
  auto message = tests::full_message(*tests::catalog_202205().find("CEB311Message"));
  for (auto& row : message.child("Order")->children) {
    if (row.shape->name != "OrderList") continue;
    row.child("unit")->text = "035";
    row.child("country")->text = "142";
  }
  message.child("Order")->child("OrderList")->child(field)->text = value;
  const auto document = base::XmlDocument::read(tests::written(message));
  auto faults = judge->judge(*document, schemas::Level::all, schemas::SignatureDemand::none_yet).faults;
  std::erase_if(faults, [&](const base::Fault& fault) { return !fault.path.ends_with(field); });
  return faults;
}

TEST(CodeCheck, WarnsOfAnUnknownCodeAndNamesTheTablesDate) {
  const auto faults = faults_with("unit", "888");
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "code.unknown");
  EXPECT_EQ(faults[0].severity, base::Severity::warning);
  EXPECT_EQ(faults[0].path, "/ceb:CEB311Message/ceb:Order[1]/ceb:OrderList[1]/ceb:unit");
  EXPECT_NE(faults[0].zh.find("2018-04-28"), std::string::npos);
  EXPECT_NE(faults[0].en.find("888"), std::string::npos);
  EXPECT_NE(faults[0].en.find("2018-04-28"), std::string::npos);
}

TEST(CodeCheck, SaysNothingOfAKnownCodeNorOfWhatTheSchemaNamedAlready) {
  EXPECT_TRUE(faults_with("unit", "007").empty());
  const auto empty = faults_with("unit", "");
  ASSERT_EQ(empty.size(), 1u);
  EXPECT_EQ(empty[0].code, "schema.empty");
  const auto fixed = faults_with("currency", "999");
  ASSERT_EQ(fixed.size(), 1u);
  EXPECT_EQ(fixed[0].code, "schema.fixed");
}

TEST(CodeCheck, BindsFieldsToTablesThatExist) {
  std::set<std::string> bound;
  const std::function<void(const schemas::Node&)> collect = [&](const schemas::Node& node) {
    if (!node.code_table.empty()) bound.insert(node.code_table);
    for (const auto& child : node.children) collect(child);
  };
  for (const auto& type : tests::catalog_202205().types()) collect(type.root);
  EXPECT_EQ(bound.size(), 9u);
  for (const auto& table : bound) EXPECT_NE(tables().find(table), nullptr) << table;
}

}  // namespace

#include "schemas/rules.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

#include "schemas/judge.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using Fields = std::map<std::string, std::string>;
using tests::MadeElement;

void put(MadeElement& node, const Fields& fields) {
  for (const auto& [name, text] : fields) node.child(name)->text = text;
}
void leave_out(MadeElement& node, const std::string& name) {
  std::erase_if(node.children, [&](const MadeElement& e) { return e.name == "ceb:" + name; });
}

// Messages that keep every rule.
MadeElement good_order() {
  auto message = tests::full_message(*tests::catalog_202205().find("CEB311Message"));
  message.children.erase(message.children.begin());
  auto& order = *message.child("Order");
  put(order.children[0], {{"appType", "1"},
                          {"appTime", "20260131093000"},
                          {"appStatus", "2"},
                          {"goodsValue", "100.1"},
                          {"freight", "10.02"},
                          {"taxTotal", "1.003"},
                          {"discount", "0.0004"},
                          {"acturalPaid", "111.1226"}});
  put(order.children[1], {{"gnum", "1"}, {"qty", "3"}, {"price", "33.33333"}, {"totalPrice", "99.99999"}});
  put(order.children[2], {{"gnum", "2"}, {"qty", "0.1"}, {"price", "0.2"}, {"totalPrice", "0.02"}});
  return message;
}

MadeElement good_inventory(const std::string& trade_mode) {
  auto message = tests::full_message(*tests::catalog_202205().find("CEB621Message"));
  message.children.erase(message.children.begin());
  auto& head = message.child("Inventory")->children[0];
  put(head, {{"appType", "1"},
             {"appTime", "20260131093000"},
             {"appStatus", "2"},
             {"tradeMode", trade_mode},
             {"country", trade_mode == "1210" ? "142" : "116"}});
  if (trade_mode == "1210") {
    for (const char* name : {"trafNo", "voyageNo", "billNo"}) leave_out(head, name);
  }
  return message;
}

MadeElement good_other(const char* type) {
  auto message = tests::full_message(*tests::catalog_202205().find(type));
  for (MadeElement& document : message.children) {
    if (document.name != "ceb:Payment" && document.name != "ceb:Logistics") continue;
    put(document.children[0], {{"appType", "3"}, {"appTime", "20240229235959"}, {"appStatus", "1"}});
  }
  return message;
}

base::Faults faults_of(const MadeElement& message) {
  static const auto judge = schemas::Judge::load(tests::schemas_directory(), tests::catalog_202205());
  if (!judge) throw std::runtime_error(judge.faults().front().path + ": " + judge.faults().front().en);
  const auto document = base::XmlDocument::read(tests::written(message));
  return judge->judge(*document, schemas::Level::all, schemas::SignatureDemand::as_schema_says).faults;
}

// Codes with their severity, sorted: "rule.G04", "rule.I311-04?" for a warning.
std::vector<std::string> codes_of(const MadeElement& message) {
  std::vector<std::string> codes;
  for (const auto& fault : faults_of(message))
    codes.push_back(fault.code + (fault.severity == base::Severity::warning ? "?" : ""));
  std::ranges::sort(codes);
  return codes;
}

using Codes = std::vector<std::string>;

TEST(Rules, AreKeptByGoodMessages) {
  EXPECT_EQ(codes_of(good_order()), Codes{});
  EXPECT_EQ(codes_of(good_inventory("1210")), Codes{});
  EXPECT_EQ(codes_of(good_inventory("9610")), Codes{});
  EXPECT_EQ(codes_of(good_other("CEB411Message")), Codes{});
  EXPECT_EQ(codes_of(good_other("CEB511Message")), Codes{});
}

TEST(Rules, AFaultSaysPlaceClauseAndBothLanguages) {
  auto message = good_order();
  put(message.child("Order")->children[0], {{"acturalPaid", "111.12259"}});
  const auto faults = faults_of(message);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].code, "rule.I311-04");
  EXPECT_EQ(faults[0].path, "/ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:acturalPaid");
  EXPECT_EQ(faults[0].source, "报文规范 202205 §3.1.4");
  EXPECT_EQ(faults[0].en, "acturalPaid is 111.12259, but goodsValue + freight + taxTotal - discount = 111.1226");
  EXPECT_NE(faults[0].zh.find("实际支付金额"), std::string::npos);
  EXPECT_GT(faults[0].line, 0);
}

TEST(Rules, G04TakesThreeKindsOfReportForEveryDeclaration) {
  for (const char* type : {"CEB411Message", "CEB511Message"}) {
    for (const auto& [text, codes] : std::vector<std::pair<std::string, Codes>>{
             {"1", {}}, {"2", {}}, {"3", {}}, {"0", {"rule.G04"}}, {"4", {"rule.G04"}}, {"a", {"rule.G04"}}}) {
      auto message = good_other(type);
      message.children.erase(message.children.begin());
      put(message.children[0].children[0], {{"appType", text}});
      EXPECT_EQ(codes_of(message), codes) << type << " " << text;
    }
  }
  auto order = good_order();
  put(order.child("Order")->children[0], {{"appType", "9"}});
  EXPECT_EQ(codes_of(order), Codes{"rule.G04"});
  auto inventory = good_inventory("9610");
  put(inventory.child("Inventory")->children[0], {{"appType", "9"}});
  EXPECT_EQ(codes_of(inventory), Codes{"rule.G04"});
}

TEST(Rules, G07TakesOnlyARealDateAndTime) {
  for (const char* text : {"20240229000000", "20000229235959", "20261231235959", "20260430120000"}) {
    auto message = good_order();
    put(message.child("Order")->children[0], {{"appTime", text}});
    EXPECT_EQ(codes_of(message), Codes{}) << text;
  }
  for (const char* text : {"20230229000000", "19000229000000", "20260431000000", "20261301000000", "20260001000000",
                           "20260100000000", "20260132000000", "20260101240000", "20260101006000", "20260101000060",
                           "ABCDEFGHIJKLMN", "2026010112000 ", "-2026010112000", "00000101000000"}) {
    auto message = good_order();
    put(message.child("Order")->children[0], {{"appTime", text}});
    EXPECT_EQ(codes_of(message), Codes{"rule.G07"}) << text;
  }
}

TEST(Rules, G08TakesDraftOrDeclare) {
  for (const auto& [text, codes] :
       std::vector<std::pair<std::string, Codes>>{{"1", {}}, {"2", {}}, {"3", {"rule.G08"}}, {"100", {"rule.G08"}}}) {
    auto message = good_order();
    put(message.child("Order")->children[0], {{"appStatus", text}});
    EXPECT_EQ(codes_of(message), codes) << text;
  }
}

TEST(Rules, I31104AddsUpToTheLastDecimalAndWarnsBeyondWhatCanBeExact) {
  const auto with = [](const char* goods, const char* paid) {
    auto message = good_order();
    put(message.child("Order")->children[0],
        {{"goodsValue", goods}, {"freight", "0.1"}, {"taxTotal", "0.2"}, {"discount", "0"}, {"acturalPaid", paid}});
    return codes_of(message);
  };
  EXPECT_EQ(with("0", "0.3"), Codes{});
  EXPECT_EQ(with("0.00001", "0.30001"), Codes{});
  EXPECT_EQ(with("0.00001", "0.3"), Codes{"rule.I311-04"});
  EXPECT_EQ(with("29999999999.12345", "29999999999.42345"), Codes{});
  EXPECT_EQ(with("29999999999.12345", "29999999999.42346"), Codes{"rule.I311-04"});
  EXPECT_EQ(with("12345678901234.12345", "12345678901234.42345"), Codes{"rule.I311-04?"});
}

TEST(Rules, I31112CountsRowsUpFromOne) {
  const auto with = [](const char* first, const char* second) {
    auto message = good_order();
    put(message.child("Order")->children[1], {{"gnum", first}});
    put(message.child("Order")->children[2], {{"gnum", second}});
    return codes_of(message);
  };
  EXPECT_EQ(with("1", "2"), Codes{});
  EXPECT_EQ(with("1", "1"), Codes{"rule.I311-12"});
  EXPECT_EQ(with("2", "3"), Codes{"rule.I311-12"});
  EXPECT_EQ(with("2", "1"), (Codes{"rule.I311-12", "rule.I311-12"}));
}

TEST(Rules, I31113MultipliesQuantityAndPrice) {
  const auto with = [](const char* qty, const char* price, const char* total) {
    auto message = good_order();
    put(message.child("Order")->children[1], {{"qty", qty}, {"price", price}, {"totalPrice", total}});
    return codes_of(message);
  };
  EXPECT_EQ(with("3", "19.99", "59.97"), Codes{});
  EXPECT_EQ(with("0.33333", "0.33333", "0.11111"), Codes{});
  EXPECT_EQ(with("3", "19.99", "59.98"), Codes{"rule.I311-13"});
  EXPECT_EQ(with("99999999999", "99999", "1"), Codes{"rule.I311-13?"});
}

TEST(Rules, SayNothingOfAmountsThatTheSchemaRefuses) {
  for (const char* name : {"goodsValue", "freight", "taxTotal", "discount", "acturalPaid"}) {
    auto message = good_order();
    put(message.child("Order")->children[0], {{name, "abc"}});
    EXPECT_EQ(codes_of(message), Codes{"schema.number"}) << name;
    leave_out(message.child("Order")->children[0], name);
    EXPECT_EQ(codes_of(message), Codes{"schema.missing"}) << name;
  }
  for (const char* name : {"qty", "price", "totalPrice", "gnum"}) {
    auto message = good_order();
    put(message.child("Order")->children[1], {{name, ""}});
    EXPECT_EQ(codes_of(message), Codes{"schema.empty"}) << name;
    leave_out(message.child("Order")->children[1], name);
    EXPECT_EQ(codes_of(message), Codes{"schema.missing"}) << name;
  }
  for (const char* name : {"appType", "appTime", "appStatus"}) {
    auto message = good_order();
    put(message.child("Order")->children[0], {{name, ""}});
    EXPECT_EQ(codes_of(message), Codes{"schema.empty"}) << name;
  }
}

TEST(Rules, I621DemandsWhatBondedImportsNeed) {
  for (const char* name : {"emsNo", "areaCode", "areaName"}) {
    auto message = good_inventory("1210");
    leave_out(message.child("Inventory")->children[0], name);
    EXPECT_EQ(codes_of(message), Codes{"rule.I621-02"}) << name;
  }
  auto row = good_inventory("1210");
  put(row.child("Inventory")->children[2], {{"itemRecordNo", ""}});
  EXPECT_EQ(codes_of(row), Codes{"rule.I621-03"});
  EXPECT_EQ(faults_of(row)[0].path, "/ceb:CEB621Message/ceb:Inventory[1]/ceb:InventoryList[2]");
  auto country = good_inventory("1210");
  put(country.child("Inventory")->children[0], {{"country", "116"}});
  EXPECT_EQ(codes_of(country), Codes{"rule.I621-05"});
  auto direct = good_inventory("9610");
  put(direct.child("Inventory")->children[0], {{"tradeMode", "1210"}, {"country", "142"}});
  EXPECT_EQ(codes_of(direct), Codes{"rule.I621-04"});
}

TEST(Rules, I621DemandsWhatDirectImportsNeed) {
  for (const char* name : {"trafNo", "voyageNo", "billNo"}) {
    auto message = good_inventory("9610");
    put(message.child("Inventory")->children[0], {{name, " "}});
    EXPECT_EQ(codes_of(message), Codes{"rule.I621-04"}) << name;
  }
  auto country = good_inventory("9610");
  put(country.child("Inventory")->children[0], {{"country", "142"}});
  EXPECT_EQ(codes_of(country), Codes{"rule.I621-05?"});
}

constexpr const char* head = "<schema xmlns=\"http://purl.oclc.org/dsdl/schematron\" queryBinding=\"xslt\">\n";
constexpr const char* both = "一 | one";

TEST(RuleFiles, NameEveryFaultWithItsLine) {
  const std::string sentences = both;
  const std::vector<std::pair<std::string, int>> cases{
      {"<phase/>\n", 2},
      {"<pattern id=\"A\">\n<rule><assert test=\"1\">" + sentences + "</assert></rule></pattern>", 3},
      {"<pattern><rule context=\"/a\">\n<assert test=\"1\">" + sentences + "</assert></rule></pattern>", 3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"1 +\">" + sentences + "</assert></rule></pattern>", 3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"$unknown\">" + sentences + "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"p:unbound\">" + sentences +
           "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"current()\">" + sentences +
           "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert test=\"1\"><span "
       "class=\"zh\">一</span></assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\">\n<assert role=\"fatal\" test=\"1\">" + sentences +
           "</assert></rule></pattern>",
       3},
      {"<pattern id=\"A\"><rule context=\"/a\"><extends rule=\"b\"/></rule></pattern>", 2},
      {"<pattern id=\"A\"", 2},
  };
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "Faulty.sch";
  for (const auto& [content, line] : cases) {
    tests::write_file(file, head + content + "</schema>");
    testing::internal::CaptureStderr();
    const auto rules = schemas::RuleSet::load({file}, "202205");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << content;
    ASSERT_FALSE(rules) << content;
    EXPECT_EQ(rules.faults().front().path, file.string()) << content;
    EXPECT_EQ(rules.faults().front().line, line) << content;
  }
}

TEST(RuleFiles, GiveANodeToTheFirstRuleOfAPatternThatTakesIt) {
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "First.sch";
  const std::string sentences = both;
  tests::write_file(
      file, std::string(head) +
                "<let name=\"top\" value=\"local-name(/*)\"/><pattern id=\"A\"><let name=\"all\" value=\"count(//*)\"/>"
                "<rule context=\"b[@x] | c\"><report id=\"one\" test=\"$top = 'a' and $all = 4\">" +
                sentences + "</report></rule><rule context=\"b\"><report id=\"two\" test=\"true()\">" + sentences +
                "</report></rule></pattern></schema>");
  const auto rules = schemas::RuleSet::load({file}, "202205");
  ASSERT_TRUE(rules) << rules.faults().front().en;
  const auto document = base::XmlDocument::read("<a><b x=\"1\"/><b/><c/></a>");
  std::vector<std::string> found;
  for (const auto& fault : rules->apply(tests::catalog_202205().types().front().root, document->get())) {
    found.push_back(fault.code + " " + fault.path);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"rule.one /a/b", "rule.one /a/c", "rule.two /a/b[2]"}));
}

}  // namespace

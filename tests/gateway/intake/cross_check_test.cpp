// POST /v1/validate?against=ledger, and cross_check at POST /v1/documents.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/intake/cross_words.h"
#include "tests/gateway/intake/running_intake.h"
#include "tests/support/documents.h"

namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;
using tests::Asked;
using tests::RunningIntake;
using tests::Told;

// Payments come from an enterprise that this gateway knows nothing of.
const tests::Sale sale{.number = "A1", .payment = "4601960009"};

json::object made(const std::string& type, const std::map<std::string, std::string>& changes = {},
                  const tests::Sale& of = sale) {
  json::object document = json::parse(tests::declaration(type, of)).as_object();
  json::object& head = document.begin()->value().as_object();
  for (const auto& [name, value] : changes) head[name] = value;
  return {{"type", type}, {"enterprise", tests::declarant_of(type, of)}, {"document", document}};
}

json::object fact(const std::string& type, const std::map<std::string, std::string>& changes = {}) {
  json::object reported = made(type, changes);
  reported["enterprise"] = "4601960001";
  return reported;
}

config::Settings with_cross_check(config::CrossCheck cross_check) {
  config::Settings settings = tests::intake_settings();
  for (config::Enterprise& enterprise : settings.enterprises) enterprise.cross_check = cross_check;
  return settings;
}

class CrossChecks : public testing::Test {
 protected:
  explicit CrossChecks(config::CrossCheck cross_check = config::CrossCheck::off)
      : gateway_(with_cross_check(cross_check)) {}

  Told post_to(const std::string& path, const json::value& body, const std::string& token = "erp") {
    Asked asked;
    asked.method = "POST";
    asked.path = path;
    asked.body = json::serialize(body);
    asked.token = token;
    return gateway_.ask(asked);
  }
  std::string taken(const json::value& posted) {
    const Told told = gateway_.post(json::serialize(posted));
    EXPECT_EQ(told.status, 202U) << told.body;
    return told.status == 202 ? std::string(told.json().at(0).at("id").as_string()) : std::string();
  }
  void reported(const json::value& facts) { EXPECT_EQ(post_to("/v1/facts", facts).status, 200U); }
  // "severity code path", one a line, of the first document.
  static std::string lines(const json::value& item, const char* member = "faults") {
    std::string text;
    if (!item.as_object().contains(member)) return text;
    for (const auto& one : item.at(member).as_array()) {
      text += std::string(one.at("severity").as_string()) + " " + std::string(one.at("code").as_string()) + " " +
              std::string(one.at("path").as_string()) + "\n";
    }
    return text;
  }
  json::value verdict(const json::value& posted, const std::string& token = "erp") {
    const Told told = post_to("/v1/validate?against=ledger", posted, token);
    EXPECT_EQ(told.status, 200U) << told.body;
    return told.json().at(0);
  }

  RunningIntake gateway_;
};

TEST_F(CrossChecks, AnInventoryThatAgreesWithItsSaleIsValidWithoutAWord) {
  taken(made("CEB311Message"));
  taken(made("CEB511Message"));
  reported(fact("CEB411Message"));
  const json::value found = verdict(made("CEB621Message"));
  EXPECT_EQ(lines(found), "");
  EXPECT_EQ(found.at("valid"), true);
}

TEST_F(CrossChecks, WhatDiffersIsToldByFieldWithBothValuesAndDocuments) {
  taken(made("CEB311Message"));
  taken(made("CEB511Message"));
  reported(fact("CEB411Message", {{"amountPaid", "99.9"}}));
  json::object inventory = made("CEB621Message", {{"ebcCode", "4601960007"}, {"buyerTelephone", "10000000009"}});
  json::object& row = inventory["document"].at("InventoryList").at(1).as_object();
  row["qty"] = "7";
  row["totalPrice"] = "280";
  const json::value found = verdict(inventory);
  EXPECT_EQ(found.at("valid"), false);
  EXPECT_EQ(lines(found),
            "error cross.differs /document/InventoryList/1/qty\n"
            "error cross.differs /document/InventoryHead/ebcCode\n"
            "error cross.differs /document/InventoryHead/buyerTelephone\n"
            "error cross.differs /document\n");
  const auto words = [&](std::size_t i, const char* language) {
    return std::string(found.at("faults").at(i).at(language).as_string());
  };
  EXPECT_THAT(words(0, "en"), HasSubstr("[1322]"));
  EXPECT_THAT(words(0, "en"), HasSubstr("InventoryList[gnum=2]/qty of CEB621Message/4601960001/C-A1 is \"7\""));
  EXPECT_THAT(words(0, "en"), HasSubstr("OrderList[gnum=2]/qty of CEB311Message/4601960001/A1 is \"1\""));
  EXPECT_THAT(words(1, "zh"), HasSubstr("清单上的电商企业代码与订单上的电商企业代码不一致"));
  EXPECT_THAT(words(1, "zh"), HasSubstr("CEB621Message/4601960001/C-A1 的 ebcCode 是“4601960007”"));
  EXPECT_THAT(words(2, "en"), HasSubstr("\"100******09\""));
  EXPECT_THAT(words(2, "en"), HasSubstr("they part at character 11"));
  EXPECT_THAT(words(2, "en"), Not(HasSubstr("10000000009"))) << "personal data is shown in part";
  EXPECT_THAT(words(3, "en"), HasSubstr("acturalPaid of CEB311Message/4601960001/A1 is \"113.5\""));
  EXPECT_THAT(words(3, "en"), HasSubstr("amountPaid of CEB411Message/4601960009/P-A1 is \"99.9\""));
  EXPECT_EQ(found.at("faults").at(1).at("source"), "报文规范 202205 §3.9.4");
}

TEST_F(CrossChecks, WhatIsMissingIsAWarning) {
  const json::value found = verdict(made("CEB621Message"));
  EXPECT_EQ(found.at("valid"), true);
  EXPECT_EQ(lines(found),
            "warning cross.missing /document/InventoryHead/orderNo\n"
            "warning cross.missing /document/InventoryHead/orderNo\n"
            "warning cross.missing /document/InventoryHead/logisticsNo\n");
  EXPECT_EQ(lines(verdict(made("CEB311Message"))), "") << "an order waits for nobody";
}

TEST_F(CrossChecks, DocumentsOfOnePostAreComparedWithEachOther) {
  const json::array posted{made("CEB311Message"), made("CEB511Message", {{"consignee", "测试乙"}})};
  const Told told = post_to("/v1/validate?against=ledger", posted);
  EXPECT_EQ(lines(told.json().at(0)), "") << "only an inventory ties a waybill to its order";
  const json::array whole{made("CEB311Message"), made("CEB511Message", {{"consignee", "测试乙"}}),
                          made("CEB621Message")};
  const Told all = post_to("/v1/validate?against=ledger", whole);
  EXPECT_EQ(lines(all.json().at(0)), "error cross.differs /0/document/OrderHead/consignee\n");
  EXPECT_EQ(lines(all.json().at(1)), "error cross.differs /1/document/LogisticsHead/consignee\n");
  EXPECT_EQ(lines(all.json().at(2)),
            "error cross.differs /2/document\nwarning cross.missing /2/document/InventoryHead/orderNo\n");
}

TEST_F(CrossChecks, OrdersOfOnePaymentAreAddedUp) {
  reported(fact("CEB411Message", {{"amountPaid", "227"}}));
  const tests::Sale second{.number = "A2", .payment = "4601960009"};
  const json::object other = made("CEB311Message", {{"payTransactionId", "P-A1"}}, second);
  const Told together = post_to("/v1/validate?against=ledger", json::array{made("CEB311Message"), other});
  EXPECT_EQ(lines(together.json().at(0)), "");
  EXPECT_EQ(lines(together.json().at(1)), "");
  EXPECT_EQ(lines(verdict(other)), "warning cross.less_so_far /document/OrderHead/acturalPaid\n")
      << "the payment names order A1, which is not known";
  taken(made("CEB311Message"));
  EXPECT_EQ(lines(verdict(other)), "");
}

TEST_F(CrossChecks, WhatWasRefusedOrWithdrawnDoesNotCount) {
  const std::string id = taken(made("CEB311Message", {{"ebcCode", "4601960007"}}));
  EXPECT_THAT(lines(verdict(made("CEB621Message"))), HasSubstr("error cross.differs"));
  gateway::ledger::Picture withdrawn;
  withdrawn.state = gateway::ledger::State::withdrawn;
  gateway_.put(id, withdrawn);
  EXPECT_THAT(lines(verdict(made("CEB621Message"))), Not(HasSubstr("cross.differs")));
  reported(json::parse(R"([{"type":"CEB311Message","enterprise":"4601960001","status":"100","document":{"OrderHead":{
    "orderNo":"A1","ebpCode":"4601960001","ebcCode":"4601960007"}}}])"));
  EXPECT_THAT(lines(verdict(made("CEB621Message"))), Not(HasSubstr("cross.differs")));
}

TEST_F(CrossChecks, ThePlatformIsPartOfWhatNamesAnOrder) {
  taken(made("CEB311Message", {{"ebpCode", "4601960007"}, {"buyerName", "测试乙"}}));
  EXPECT_THAT(lines(verdict(made("CEB621Message"))), Not(HasSubstr("cross.differs")));
}

TEST_F(CrossChecks, DocumentsAndReportsOfOthersAreNotTold) {
  const tests::Sale theirs{.number = "A1", .ecommerce = "4601960002", .payment = "4601960009"};
  const Told posted = post_to("/v1/documents", made("CEB311Message", {{"ebpCode", "4601960001"}}, theirs), "second");
  ASSERT_EQ(posted.status, 202U) << posted.body;
  json::object reported_by_them = fact("CEB411Message", {{"amountPaid", "1"}});
  reported_by_them["enterprise"] = "4601960002";
  ASSERT_EQ(post_to("/v1/facts", reported_by_them, "second").status, 200U);
  EXPECT_THAT(lines(verdict(made("CEB621Message"))), Not(HasSubstr("cross.differs")));
}

TEST_F(CrossChecks, TheParameterKnowsTheLedgerAlone) {
  EXPECT_EQ(post_to("/v1/validate?against=customs", made("CEB311Message")).status, 400U);
  EXPECT_EQ(post_to("/v1/validate", made("CEB621Message")).json().at(0).at("faults").as_array().size(), 0U);
}

TEST_F(CrossChecks, AreNotMadeAtIntakeUnlessTheSettingsSaySo) {
  taken(made("CEB311Message", {{"ebcCode", "4601960007"}}));
  const Told told = gateway_.post(json::serialize(made("CEB621Message")));
  ASSERT_EQ(told.status, 202U);
  EXPECT_FALSE(told.json().at(0).as_object().contains("warnings"));
}

class WarningCrossChecks : public CrossChecks {
 protected:
  WarningCrossChecks() : CrossChecks(config::CrossCheck::warn) {}
};

TEST_F(WarningCrossChecks, TellAndTakeTheDocument) {
  taken(made("CEB311Message", {{"ebcCode", "4601960007"}}));
  const Told told = gateway_.post(json::serialize(made("CEB621Message")));
  ASSERT_EQ(told.status, 202U) << told.body;
  EXPECT_EQ(lines(told.json().at(0), "warnings"),
            "warning cross.differs /document/InventoryHead/ebcCode\n"
            "warning cross.missing /document/InventoryHead/orderNo\n"
            "warning cross.missing /document/InventoryHead/logisticsNo\n");
}

class RefusingCrossChecks : public CrossChecks {
 protected:
  RefusingCrossChecks() : CrossChecks(config::CrossCheck::refuse) {}
};

TEST_F(RefusingCrossChecks, RefuseWhatDiffersAndTakeWhatIsAlone) {
  taken(made("CEB311Message"));
  const Told told = gateway_.post(json::serialize(made("CEB621Message", {{"ebcCode", "4601960007"}})));
  EXPECT_EQ(told.status, 422U);
  EXPECT_EQ(told.faults(),
            "cross.differs /document/InventoryHead/ebcCode\n"
            "cross.missing /document/InventoryHead/orderNo\n"
            "cross.missing /document/InventoryHead/logisticsNo\n");
  taken(made("CEB621Message"));
}

TEST_F(RefusingCrossChecks, RefuseAmongTheDocumentsOfOnePost) {
  const Told told = gateway_.post(
      json::serialize(json::array{made("CEB311Message", {{"buyerName", "测试乙"}}), made("CEB621Message")}));
  EXPECT_EQ(told.status, 422U);
  EXPECT_THAT(told.faults(), HasSubstr("cross.differs /0/document/OrderHead/buyerName"));
  EXPECT_THAT(told.faults(), HasSubstr("cross.differs /1/document/InventoryHead/buyerName"));
}

TEST(PartlyShown, LongValuesKeepTheirEndsAndShortOnesTheirFirstCharacter) {
  using gateway::intake::partly_shown;
  EXPECT_EQ(partly_shown("990000199001010017"), "990*************17");
  EXPECT_EQ(partly_shown("测试甲"), "测**");
  EXPECT_EQ(partly_shown("测"), "测");
  EXPECT_EQ(partly_shown(""), "");
}

}  // namespace

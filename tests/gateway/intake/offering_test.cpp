// What a document offers to do next, and that what it offers is taken once the blanks are filled in.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "gateway/lifecycle/state.h"
#include "tests/gateway/intake/running_intake.h"
#include "tests/support/blanks.h"
#include "tests/support/documents.h"

namespace {

namespace json = boost::json;
using gateway::ledger::Number;
using gateway::lifecycle::State;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::filled_in;
using tests::RunningIntake;
using tests::Told;

const tests::Sale offered_sale{
    .number = "N1", .ecommerce = "4601960001", .payment = "4601960001", .logistics = "4601960003"};
const std::vector<Number> given{{"preNo", "B20260131000000001"}, {"invtNo", "64092026I000000002"}};

std::string string_of(const json::value& value) { return std::string(value.as_string()); }

class Offering : public testing::Test {
 protected:
  std::string accept(const std::string& type) {
    return taken(tests::post(type, offered_sale.ecommerce, tests::declaration(type, offered_sale)));
  }
  std::string taken(const std::string& posting) {
    const Told told = gateway_.post(posting);
    EXPECT_EQ(told.status, 202U) << told.body;
    return told.status == 202 ? string_of(told.json().at(0).at("id")) : "";
  }
  void answer(const std::string& id, const std::string& status, State state, const std::string& outcome,
              const std::vector<Number>& learnt = {}) {
    gateway_.receive(id, status, {state, status, outcome, ""}, learnt);
  }
  json::array offers(const std::string& id) {
    const Told told = gateway_.get("/v1/documents/" + id + "/offers");
    EXPECT_EQ(told.status, 200U) << told.body;
    return told.json().at("offers").as_array();
  }
  // "+change CEB311Message", "-refund CEB625Message" for one that is not allowed.
  std::vector<std::string> named(const std::string& id) {
    std::vector<std::string> names;
    for (const json::value& offer : offers(id)) {
      EXPECT_FALSE(string_of(offer.at("zh")).empty() || string_of(offer.at("en")).empty());
      names.push_back((offer.at("allowed").as_bool() ? "+" : "-") + string_of(offer.at("action")) + " " +
                      string_of(offer.at("type")));
    }
    return names;
  }
  json::object offer(const std::string& id, const std::string& action) {
    for (const json::value& one : offers(id)) {
      if (one.at("action") == json::string(action)) return one.as_object();
    }
    ADD_FAILURE() << "no " << action;
    return {};
  }
  static std::vector<std::string> blanks(const json::object& offer) {
    std::vector<std::string> pointers;
    for (const json::value& pointer : offer.at("fill_in").as_array()) pointers.push_back(string_of(pointer));
    return pointers;
  }

  RunningIntake gateway_;
};

TEST_F(Offering, NothingButWaitingWhileTheDocumentIsUnderWay) {
  const auto id = gateway_.accepted_order("A1");
  EXPECT_THAT(named(id), ElementsAre("-change CEB311Message"));
  EXPECT_THAT(string_of(offer(id, "change").at("en")), HasSubstr("accepted"));
}

TEST_F(Offering, ChangeAndDeletionOfAStoredOrder) {
  const auto id = gateway_.accepted_order("A1");
  answer(id, "2", State::settled, "lodged");
  EXPECT_THAT(named(id), ElementsAre("+change CEB311Message", "+delete CEB311Message"));
  const auto deletion = offer(id, "delete");
  EXPECT_TRUE(blanks(deletion).empty());
  const json::value& head = deletion.at("document").at("document").at("OrderHead");
  EXPECT_EQ(head.at("orderNo"), "A1");
  EXPECT_EQ(head.at("appType"), "3");
  EXPECT_FALSE(head.as_object().contains("guid"));
  EXPECT_FALSE(head.as_object().contains("appTime"));
  EXPECT_EQ(taken(filled_in(deletion, "")), id);
  EXPECT_EQ(gateway_.ledger().newest_by_id(id)->app_type, "3");
}

TEST_F(Offering, ARefusedInventoryToBeDeclaredAnew) {
  const auto id = accept("CEB621Message");
  answer(id, "100", State::refused, "rejected");
  EXPECT_THAT(named(id), ElementsAre("+declare CEB621Message"));
  json::object again = offer(id, "declare");
  json::value& head = again.at("document").at("document").at("InventoryHead");
  EXPECT_EQ(head.at("appType"), "1");
  EXPECT_FALSE(head.as_object().contains("preNo"));
  head.as_object()["packNo"] = "1";
  head.as_object()["note"] = "corrected";
  EXPECT_EQ(taken(filled_in(again, "")), id);
}

TEST_F(Offering, AChangeOfADeclaredInventoryOnceCustomsHasNumberedIt) {
  const auto id = accept("CEB621Message");
  answer(id, "2", State::sent, "", {given[0]});
  EXPECT_THAT(named(id), ElementsAre("-change CEB621Message", "-cancel CEB623Message"));
  EXPECT_THAT(string_of(offer(id, "change").at("en")), HasSubstr("invtNo"));
  answer(id, "120", State::sent, "", given);
  EXPECT_THAT(named(id), ElementsAre("+change CEB621Message", "+cancel CEB623Message"));
  const auto change = offer(id, "change");
  const json::value& head = change.at("document").at("document").at("InventoryHead");
  EXPECT_EQ(head.at("preNo"), json::string(given[0].value));
  EXPECT_EQ(head.at("invtNo"), json::string(given[1].value));
  EXPECT_EQ(taken(filled_in(change, "")), id);
}

TEST_F(Offering, CancellationAndRefundOfAReleasedInventory) {
  const auto id = accept("CEB621Message");
  answer(id, "800", State::settled, "released", given);
  EXPECT_THAT(named(id), ElementsAre("+cancel CEB623Message", "+refund CEB625Message", "-change CEB621Message"));
  const auto cancellation = offer(id, "cancel");
  const json::object& fields = cancellation.at("document").at("document").as_object();
  EXPECT_EQ(fields.at("preNo"), json::string(given[0].value));
  EXPECT_EQ(fields.at("invtNo"), json::string(given[1].value));
  EXPECT_EQ(fields.at("buyerName"), "测试甲");
  EXPECT_FALSE(fields.contains("copNo"));
  EXPECT_THAT(blanks(cancellation), ElementsAre("/document/appStatus", "/document/reason"));
  const auto refund = offer(id, "refund");
  EXPECT_THAT(blanks(refund), ElementsAre("/document/InvtRefundHead/appStatus", "/document/InvtRefundHead/reason",
                                          "/document/InvtRefundList/0/qty", "/document/InvtRefundList/1/qty"));
  EXPECT_NE(taken(filled_in(refund, "2")), id);
}

TEST_F(Offering, NoSecondCancellationWhileOneIsAlive) {
  const auto id = accept("CEB621Message");
  answer(id, "800", State::settled, "released", given);
  const auto cancellation = taken(filled_in(offer(id, "cancel"), "2"));
  EXPECT_THAT(named(id), ElementsAre("-cancel CEB623Message", "-refund CEB625Message", "-change CEB621Message"));
  EXPECT_THAT(string_of(offer(id, "cancel").at("en")), HasSubstr("CEB623Message/"));
  answer(cancellation, "100", State::refused, "rejected");
  EXPECT_THAT(named(id), ElementsAre("+cancel CEB623Message", "+refund CEB625Message", "-change CEB621Message"));
  answer(cancellation, "399", State::settled, "cancelled");
  EXPECT_THAT(named(id), ElementsAre("-cancel CEB623Message", "-refund CEB625Message", "-change CEB621Message"));
  EXPECT_THAT(named(cancellation), ElementsAre("-change CEB623Message"));
}

TEST_F(Offering, TheExportRefundSaysHowTheGoodsComeBack) {
  const auto id = accept("CEB603Message");
  answer(id, "899", State::settled, "closed", given);
  EXPECT_THAT(named(id), ElementsAre("+refund CEB213Message", "-change CEB603Message"));
  const auto refund = offer(id, "refund");
  const json::value& head = refund.at("document").at("document").at("InvtRefundHead");
  EXPECT_EQ(head.at("ieFlag"), "I");
  EXPECT_EQ(head.at("tradeMode"), "9661");
  EXPECT_EQ(head.at("invtNo"), json::string(given[1].value));
  const auto open = blanks(refund);
  const std::set<std::string> asked(open.begin(), open.end());
  for (const char* name : {"appStatus", "coElNo", "reason", "billNo", "trafMode", "trafName", "voyageNo", "portCode"}) {
    EXPECT_TRUE(asked.contains(std::string("/document/InvtRefundHead/") + name)) << name;
  }
  for (const char* name : {"qty", "qty1"}) {
    EXPECT_TRUE(asked.contains(std::string("/document/InvtRefundList/0/") + name)) << name;
  }
  EXPECT_EQ(asked.size(), 10U);
}

TEST_F(Offering, ADraftToBeDeclaredInEarnest) {
  json::value draft =
      json::parse(tests::post("CEB621Message", offered_sale.ecommerce, inventory_document(offered_sale)));
  draft.at("document").at("InventoryHead").as_object()["appStatus"] = "1";
  const auto id = taken(json::serialize(draft));
  answer(id, "1", State::settled, "lodged");
  EXPECT_THAT(named(id), ElementsAre("+declare CEB621Message"));
  const auto declaration = offer(id, "declare");
  EXPECT_THAT(blanks(declaration), ElementsAre("/document/InventoryHead/appStatus"));
  EXPECT_EQ(taken(filled_in(declaration, "2")), id);
}

TEST_F(Offering, OnlyOfWhatTheCallerMaySee) {
  const auto id = gateway_.accepted_order("A1");
  EXPECT_EQ(gateway_.get("/v1/documents/" + id + "/offers", "second").status, 404U);
  EXPECT_EQ(gateway_.get("/v1/documents/unknown/offers").status, 404U);
  EXPECT_EQ(gateway_.get("/v1/documents/" + id + "/offers", "watcher").status, 200U);
  EXPECT_EQ(gateway_.get("/v1/documents/" + id + "/offers?version=1").status, 400U);
  EXPECT_EQ(gateway_.get("/v1/documents/" + id + "/offers", "").status, 401U);
}

}  // namespace

// The main job with the real programs: documents go out, customs answers, each comes to its end.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <chrono>
#include <gmock/gmock.h>
#include <string>
#include <utility>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;

class Settling : public ::testing::Test {
 protected:
  void SetUp() override {
    site_.start_platform();
    site_.start_gateway();
  }
  void TearDown() override { EXPECT_EQ(site_.personal_data_in_logs(), ""); }
  Seen wait_for_stage(const std::string& id, const std::string& stage) const {
    return site_.wait_until(id, [&](const Seen& seen) { return seen.stage == stage; });
  }

  Site site_;
};

auto is_settled_by(const std::string& stage, const std::string& outcome) {
  return AllOf(Field("state", &Seen::state, "settled"), Field("stage", &Seen::stage, stage),
               Field("outcome", &Seen::outcome, outcome));
}

TEST_F(Settling, order_payment_and_waybill_are_settled_and_then_the_inventory_is_released) {
  const Sale sale{.number = "S1"};
  for (const std::string& id :
       {site_.accepted("CEB311Message", order_document(sale)), site_.accepted("CEB411Message", payment_document(sale)),
        site_.accepted("CEB511Message", waybill_document(sale))}) {
    const Seen seen = wait_for_stage(id, "120");
    EXPECT_THAT(seen, is_settled_by("120", "lodged"));
    EXPECT_THAT(seen.statuses, ElementsAre("2", "120"));
    EXPECT_THAT(seen.states, ElementsAre("accepted", "sealed", "sent", "settled"));
  }
  const std::string inventory = site_.accepted("CEB621Message", inventory_document(sale));
  const Seen released = wait_for_stage(inventory, "800");
  EXPECT_THAT(released, is_settled_by("800", "released"));
  EXPECT_THAT(released.statuses, ElementsAre("2", "120", "800"));
  EXPECT_THAT(released.deliveries, ElementsAre("confirmed"));

  EXPECT_THAT(site_.received(), SizeIs(4));
  EXPECT_THAT(site_.received(),
              Each(AllOf(Field("deliveries", &Received::deliveries, 1), Field("is_valid", &Received::is_valid, true),
                         Field("dialect", &Received::dialect, "sm2-sm3"), Field("keys", &Received::keys, SizeIs(1)))));
}

TEST_F(Settling, an_inventory_posted_first_waits_for_its_order_payment_and_waybill) {
  const Sale sale{.number = "S2"};
  const std::string inventory = site_.accepted("CEB621Message", inventory_document(sale));
  const Seen waiting = wait_for_stage(inventory, "2");
  EXPECT_EQ(waiting.state, "sent");
  EXPECT_EQ(waiting.outcome, "");
  const auto& receipt = waiting.whole.at("receipts").as_array().at(0).as_object();
  EXPECT_THAT(std::string(receipt.at("returnInfo").as_string()), HasSubstr("信息不存在"));

  site_.accepted("CEB311Message", order_document(sale));
  site_.accepted("CEB411Message", payment_document(sale));
  site_.accepted("CEB511Message", waybill_document(sale));
  const Seen released = wait_for_stage(inventory, "800");
  EXPECT_THAT(released, is_settled_by("800", "released"));
  EXPECT_EQ(std::ranges::count(released.statuses, "120"), 1);
  EXPECT_EQ(std::ranges::count(released.statuses, "800"), 1);
}

TEST_F(Settling, an_erp_that_reads_the_feed_page_by_page_sees_every_move_once_and_in_order) {
  const std::string id = site_.accepted("CEB311Message", order_document({.number = "S3"}));
  wait_for_stage(id, "120");
  std::vector<std::pair<std::string, std::string>> moves;  // to which state, by which customs status
  std::string cursor;
  while (true) {
    const std::string after = cursor.empty() ? "" : "&after=" + cursor;
    const auto response = site_.ask("GET", "/v1/changes?limit=1" + after, Site::token_of(enterprises.ecommerce));
    ASSERT_EQ(response.status, 200U) << response.body;
    const auto page = boost::json::parse(response.body);
    const auto& changes = page.at("changes").as_array();
    if (changes.empty()) break;
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes.front().at("id").as_string(), id);
    moves.emplace_back(changes.front().at("to").as_string(), changes.front().at("stage").as_string());
    cursor = page.at("next").as_string();
  }
  EXPECT_THAT(moves, ElementsAre(Pair("accepted", ""), Pair("sealed", ""), Pair("sent", ""), Pair("settled", "2"),
                                 Pair("settled", "120")));
  const auto others = site_.ask("GET", "/v1/changes", Site::token_of(enterprises.payment));
  EXPECT_TRUE(boost::json::parse(others.body).at("changes").as_array().empty());
}

TEST_F(Settling, two_hundred_orders_of_one_post_are_settled_within_twenty_seconds) {
  constexpr int orders = 200;
  std::string body = "[";
  for (int i = 0; i < orders; ++i) {
    const Sale sale{.number = "M" + std::to_string(i)};
    body += (i == 0 ? "" : ",") + posting("CEB311Message", order_document(sale));
  }
  const auto start = std::chrono::steady_clock::now();
  const auto response = site_.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body + "]");
  ASSERT_EQ(response.status, 202U) << response.body;
  const auto all_settled = [&] { return site_.measure(R"(cebgate_documents{state="settled"})") == orders; };
  EXPECT_TRUE(eventually(all_settled, std::chrono::seconds(20)))
      << "settled: " << site_.measure(R"(cebgate_documents{state="settled"})");
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  RecordProperty("seconds_for_200_orders", std::to_string(taken.count()));
  EXPECT_THAT(site_.received(), SizeIs(orders));
}

TEST_F(Settling, receipts_that_come_late_twice_backwards_or_among_strangers_settle_a_document_once) {
  const std::string twice = site_.accepted("CEB311Message", order_document({.number = "T1~twice"}));
  const std::string late = site_.accepted("CEB311Message", order_document({.number = "T2~late2"}));
  const std::string backwards = site_.accepted("CEB311Message", order_document({.number = "T3~backwards"}));
  const std::string among = site_.accepted("CEB311Message", order_document({.number = "T4~foreign+garbled"}));
  for (const std::string& id : {twice, late, backwards, among}) {
    const Seen seen =
        site_.wait_until(id, [](const Seen& one) { return one.stage == "120" && one.statuses.size() >= 2; });
    EXPECT_THAT(seen, is_settled_by("120", "lodged"));
    EXPECT_EQ(std::ranges::count(seen.states, "settled"), 1);
  }
  EXPECT_TRUE(eventually([&] { return site_.measure(R"(cebgate_inbound_records{state="unreadable"})") == 1; }));
  EXPECT_TRUE(eventually([&] { return site_.measure(R"(cebgate_inbound_records{state="foreign"})") == 1; }));
  EXPECT_THAT(site_.received(), Each(Field("deliveries", &Received::deliveries, 1)));
}

}  // namespace
}  // namespace tests::app

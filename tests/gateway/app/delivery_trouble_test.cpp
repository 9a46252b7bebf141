// Deliveries whose answer is lost or bad, codes that say "already there", and a platform that is away.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <string>

#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"
#include "tests/support/raw_socket.h"

namespace tests::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class RunningSite : public Site {
 public:
  explicit RunningSite(const Manner& manner = {}) : Site(manner) {
    start_platform();
    start_gateway();
  }
};

TEST(DeliveryTrouble, already_there_on_the_only_delivery_is_a_refusal) {
  RunningSite site;
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D1~-301010"}));
  const Seen refused = site.wait_for_state(id, "refused");
  EXPECT_THAT(refused.statuses, ElementsAre("-301010"));
  EXPECT_THAT(refused.reason, HasSubstr("-301010"));
  EXPECT_EQ(refused.whole.at("explanation").at("code").as_string(), "-301010");
}

TEST(DeliveryTrouble, a_lost_answer_leaves_the_order_unconfirmed_until_receipts_settle_it) {
  RunningSite site;
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D2~lost-ack"}));
  const Seen settled = site.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  EXPECT_THAT(settled.states, ElementsAre("accepted", "sealed", "unconfirmed", "settled"));
  EXPECT_THAT(settled.deliveries, ElementsAre("unknown"));
  const auto received = site.received("D2~lost-ack");
  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received.front().deliveries, 1);
}

TEST(DeliveryTrouble, the_same_bytes_follow_a_lost_answer_and_the_order_is_lodged_once) {
  RunningSite site({.resend_after = "1s"});
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D3~lost-ack+late2"}));
  site.wait_for_state(id, "unconfirmed");
  const std::string first_bytes = site.message_of(id);
  const Seen settled = site.wait_until(id, [](const Seen& seen) { return seen.statuses.size() == 3; });
  EXPECT_EQ(settled.state, "settled");
  EXPECT_EQ(settled.outcome, "lodged");
  EXPECT_THAT(settled.deliveries, ElementsAre("unknown", "confirmed"));
  EXPECT_THAT(settled.statuses, Contains("-301010"));
  EXPECT_THAT(settled.states, Not(Contains("refused")));
  EXPECT_EQ(site.message_of(id), first_bytes);
  const auto received = site.received("D3~lost-ack+late2");
  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received.front().deliveries, 2);
}

TEST(DeliveryTrouble, already_there_after_a_second_delivery_proves_that_the_order_arrived) {
  RunningSite site({.resend_after = "1s"});
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D4~lost-ack+-301010+late2"}));
  const Seen sent = site.wait_until(id, [](const Seen& seen) { return !seen.statuses.empty(); });
  EXPECT_THAT(sent.statuses, Contains("-301010"));
  EXPECT_EQ(sent.state, "sent");
  EXPECT_THAT(sent.states, Not(Contains("refused")));
}

TEST(DeliveryTrouble, a_platform_that_answers_500_three_times_gets_the_same_bytes_four_times) {
  RunningSite site({.resend_after = "200ms"});
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D5~http500x3"}));
  const Seen settled = site.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  EXPECT_EQ(settled.state, "settled");
  EXPECT_THAT(settled.deliveries, ElementsAre("unknown", "unknown", "unknown", "confirmed"));
  const auto received = site.received("D5~http500x3");
  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received.front().deliveries, 4);
}

TEST(DeliveryTrouble, an_operator_sends_the_same_bytes_again_where_customs_is_silent) {
  RunningSite site;
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D7~silent"}));
  site.wait_for_state(id, "sent");
  const std::string call = "/v1/documents/" + id + "/actions";
  const std::string action = R"({"action":"replay","mode":"same-bytes","reason":"no receipt for an hour"})";
  EXPECT_EQ(site.ask("POST", call, Site::token_of(enterprises.ecommerce), action).status, 403U);
  const auto replayed = site.ask("POST", call, Site::operator_token, action);
  ASSERT_EQ(replayed.status, 200U) << replayed.body;
  const Seen sent =
      site.wait_until(id, [](const Seen& seen) { return seen.state == "sent" && seen.deliveries.size() == 2; });
  EXPECT_THAT(sent.deliveries, ElementsAre("confirmed", "confirmed"));
  const auto received = site.received("D7~silent");
  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received.front().deliveries, 2);
}

TEST(DeliveryTrouble, documents_wait_as_deferred_while_the_platform_is_away_and_go_out_when_it_comes) {
  Site site;
  site.expect_platform_at(RawServer([](RawSocket&) {}).port());  // free again as soon as its server is gone
  site.start_gateway();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "D6"}));
  const Seen deferred = site.wait_for_state(id, "deferred");
  EXPECT_THAT(deferred.deliveries, Contains("unreachable"));
  EXPECT_THAT(deferred.reason, HasSubstr("unreachable"));
  EXPECT_EQ(site.measure(R"(cebgate_documents{state="deferred"})"), 1);
  EXPECT_EQ(site.measure(R"(cebgate_port_reachable{port="hainan"})"), 0);
  const auto ready = boost::json::parse(site.ask("GET", "/readyz", "").body);
  EXPECT_FALSE(ready.at("ports").as_array().at(0).at("reachable").as_bool());

  site.start_platform("127.0.0.1:" + std::to_string(site.platform_port()));
  EXPECT_EQ(site.wait_for_state(id, "settled").outcome, "lodged");
  EXPECT_TRUE(eventually([&] { return site.measure(R"(cebgate_port_reachable{port="hainan"})") == 1; }));
  EXPECT_THAT(site.received("D6"), SizeIs(1));
}

}  // namespace
}  // namespace tests::app

// A gateway and the simulator with a broker between them, over either AMQP; broker and gateway are killed in the
// middle.
#include <algorithm>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <string>

#include "tests/gateway/app/exchange_ways.h"
#include "tests/support/amqp_front.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

bool has_heard_the_end(const Seen& seen) { return std::ranges::count(seen.statuses, "120") > 0; }

class OverAmqp : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    way_.emplace(GetParam(), *rabbit_);
    front_.emplace(way_->platform_front());
    site_.emplace(way_->manner_at(front_->port()));
    site_->start_platform();
    site_->start_gateway();
  }

  std::string order(const std::string& number) {
    return site_->accepted("CEB311Message", order_document({.number = number}));
  }

  // Under one guid at customs, and settled there.
  void expect_each_once(const std::map<std::string, std::string>& ids) {
    std::map<std::string, std::set<std::string>> guids;
    std::int64_t deliveries = 0;
    for (const Received& one : site_->received()) {
      deliveries += one.deliveries;
      for (const std::string& key : one.keys) guids[key].insert(one.guid);
    }
    EXPECT_THAT(guids, SizeIs(ids.size()));
    for (const auto& [number, id] : ids) {
      const Seen seen = site_->wait_until(id, has_heard_the_end);
      EXPECT_EQ(seen.state, "settled") << number << ": " << seen.reason;
      // One that was delivered twice hears beside them that it was there already.
      for (const char* status : {"2", "120"}) EXPECT_EQ(std::ranges::count(seen.statuses, status), 1) << number;
      EXPECT_EQ(seen.version, 1) << number;
      EXPECT_THAT(guids[std::string(seen.whole.at("key").as_string())], SizeIs(1)) << number;
    }
    std::cout << ids.size() << " promised, " << guids.size() << " at customs, in " << deliveries << " deliveries\n";
  }

  bool are_settled(int documents) {
    return eventually([&] { return site_->measure(R"(cebgate_documents{state="settled"})") == documents; },
                      std::chrono::seconds(90));
  }

  RabbitServer* rabbit_ = nullptr;
  std::optional<AmqpWay> way_;
  std::optional<AmqpFront> front_;  // before the gateway
  std::optional<Site> site_;
};

TEST_P(OverAmqp, an_order_goes_out_and_is_settled_by_its_receipts) {
  const Seen seen = site_->wait_until(order("A1"), has_heard_the_end);
  EXPECT_EQ(seen.state, "settled");
  EXPECT_THAT(seen.deliveries, ElementsAre("confirmed"));
  EXPECT_THAT(seen.statuses, UnorderedElementsAre("2", "120"));
  EXPECT_THAT(site_->received("A1"), SizeIs(1));
  EXPECT_EQ(site_->personal_data_in_logs(), "");
  const auto ready = site_->ask("GET", "/readyz", "");
  EXPECT_EQ(ready.status, 200U) << ready.body;
}

TEST_P(OverAmqp, a_lost_confirm_is_unknown_and_the_receipt_proves_the_arrival) {
  site_->wait_for_state(order("L0"), "settled");
  front_->do_harm(Harm::confirm_lost);
  const Seen seen = site_->wait_for_state(order("L1"), "settled");
  EXPECT_EQ(seen.deliveries.front(), "unknown");
  EXPECT_THAT(site_->received("L1"), SizeIs(1));
}

TEST_P(OverAmqp, what_is_posted_while_the_line_is_cut_goes_out_when_it_is_back) {
  site_->wait_for_state(order("C0"), "settled");
  front_->do_harm(Harm::closed);
  const std::string id = order("C1");
  const Seen waiting = site_->wait_for_state(id, "deferred");
  EXPECT_THAT(waiting.reason, HasSubstr("cannot be reached"));
  front_->do_harm(Harm::none);
  site_->wait_for_state(id, "settled");
  EXPECT_THAT(site_->received("C1"), SizeIs(1));
}

TEST_P(OverAmqp, every_accepted_order_settles_once_although_the_broker_is_killed_in_the_middle) {
  constexpr int documents = 60;
  std::map<std::string, std::string> ids;
  for (int i = 0; i < documents; ++i) {
    const std::string number = "K" + std::to_string(i);
    ids[number] = order(number);
    if (i == documents / 3) rabbit_->kill();
    if (i == documents * 2 / 3) rabbit_->start();
  }
  EXPECT_TRUE(are_settled(documents));
  expect_each_once(ids);
}

TEST_P(OverAmqp, every_accepted_order_settles_once_although_the_gateway_is_killed_again_and_again) {
  constexpr int documents = 60;
  std::map<std::string, std::string> ids;
  for (int i = 0; i < documents; ++i) {
    const std::string number = "G" + std::to_string(i);
    ids[number] = order(number);
    if (i % 20 != 19) continue;
    site_->gateway().signal(SIGKILL);
    ASSERT_EQ(site_->gateway().exit_status(), -1);
    site_->start_gateway();
  }
  EXPECT_TRUE(are_settled(documents));
  expect_each_once(ids);
}

TEST_P(OverAmqp, the_simulators_front_loses_a_confirm_where_a_document_asks_for_it) {
  const Seen seen = site_->wait_for_state(order("T1~confirm-lost"), "settled");
  EXPECT_EQ(seen.deliveries.front(), "unknown");
  const auto received = site_->received("T1~confirm-lost");
  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received.front().deliveries, 1) << "its receipt proved the arrival";
}

TEST_P(OverAmqp, the_simulators_front_drops_the_line_before_a_message_is_taken) {
  const Seen seen = site_->wait_for_state(order("T2~dropped"), "settled");
  EXPECT_EQ(seen.deliveries.front(), "unknown");
  EXPECT_GE(seen.deliveries.size(), 2U) << "nobody had it";
  const auto received = site_->received("T2~dropped");
  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received.front().deliveries, 1);
}

TEST_P(OverAmqp, what_the_broker_refuses_is_said_and_the_port_waits) {
  write_file(way_->password_file(), "wrong");
  site_->gateway().signal(SIGTERM);
  site_->gateway().exit_status();
  site_->start_gateway();
  const std::string id = order("R1");
  const Seen waiting = site_->wait_for_state(id, "deferred");
  EXPECT_THAT(waiting.reason, HasSubstr("refused the login"));
  const auto said = [&] {
    return site_->ask("GET", "/readyz", "").body.find("refused the login") != std::string::npos;
  };
  EXPECT_TRUE(eventually(said)) << site_->ask("GET", "/readyz", "").body;
  write_file(way_->password_file(), rabbit_->login().password);
  site_->wait_for_state(id, "settled");
}

INSTANTIATE_TEST_SUITE_P(Profiles, OverAmqp, ::testing::Values("dxp-amqp", "dxp-amqp1"),
                         [](const auto& tested) { return std::string(tested.param) == "dxp-amqp" ? "Amqp" : "Amqp1"; });

}  // namespace
}  // namespace tests::app

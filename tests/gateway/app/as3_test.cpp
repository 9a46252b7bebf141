// A gateway and the simulator with an FTP server between them: what settles, what is lost and late,
// and what a kill leaves.
#include <algorithm>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <set>

#include "tests/gateway/app/exchange_ways.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::Contains;
using testing::SizeIs;

class OverAs3 : public testing::Test {
 protected:
  void SetUp() override {
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    way_.emplace();
  }

  void start() {
    site_.emplace(way_->manner());
    site_->start_platform();
    site_->start_gateway();
  }
  std::string order(const std::string& number) {
    return site_->accepted("CEB311Message", order_document({.number = number}));
  }
  std::filesystem::path in() { return way_->server().root() / exchange_dxp_ids.front() / "in"; }

  std::optional<As3Way> way_;
  std::optional<Site> site_;
};

TEST_F(OverAs3, orders_settle_whatever_the_platform_does_with_their_receipts) {
  start();
  std::map<std::string, std::string> ids;
  for (const std::string trigger : {"", "~twice", "~backwards", "~half-written", "~http500"}) {
    ids[trigger] = order("F1" + trigger);
  }
  for (const auto& [trigger, id] : ids) {
    // Customs' receipts may come before the partner's.
    const Seen seen = site_->wait_until(
        id, [](const Seen& one) { return is_through(one) && one.deliveries.back() != "begun"; },
        std::chrono::seconds(40));
    EXPECT_EQ(std::ranges::count(seen.states, "settled"), 1) << trigger;
    EXPECT_EQ(seen.deliveries.back(), "confirmed") << trigger;
    EXPECT_THAT(site_->received("F1" + trigger), SizeIs(1));
  }
  EXPECT_EQ(site_->measure(R"(cebgate_inbound_records{state="unreadable"})"), 0);
  EXPECT_TRUE(eventually([&] { return std::filesystem::exists(in() / "archive"); }));
  EXPECT_EQ(site_->personal_data_in_logs(), "");
  EXPECT_EQ(site_->ask("GET", "/readyz", "").status, 200U);
}

TEST_F(OverAs3, a_receipt_that_is_lost_wrong_or_late_is_unknown_and_the_arrival_is_proven_all_the_same) {
  start();
  std::map<std::string, std::string> ids;
  for (const std::string trigger : {"~lost-ack", "~mdn-wrong", "~mdn-late"}) ids[trigger] = order("U1" + trigger);
  for (const auto& [trigger, id] : ids) {
    const Seen seen = site_->wait_until(
        id, [](const Seen& one) { return is_through(one) && one.deliveries.front() != "begun"; },
        std::chrono::seconds(60));
    EXPECT_EQ(seen.deliveries.front(), "unknown") << trigger;
    EXPECT_THAT(site_->received("U1" + trigger), SizeIs(1)) << trigger;
    EXPECT_EQ(seen.version, 1) << trigger;
  }
}

TEST_F(OverAs3, a_server_that_is_away_is_said_in_readyz_and_the_port_waits_for_it) {
  start();
  site_->wait_until(order("A0"), is_through);
  way_->server().stop();
  const auto said = [&] { return site_->ask("GET", "/readyz", "").body; };
  EXPECT_TRUE(eventually([&] { return said().find("cannot be reached") != std::string::npos; })) << said();
  const std::string id = order("A1");
  const Seen waiting = site_->wait_for_state(id, "deferred");
  EXPECT_THAT(waiting.deliveries, Contains("unreachable"));
  way_->server().start();
  site_->wait_until(id, is_through, std::chrono::seconds(60));
  EXPECT_THAT(site_->received("A1"), SizeIs(1));
}

TEST_F(OverAs3, every_accepted_order_settles_once_although_the_gateway_is_killed_again_and_again) {
  constexpr int documents = 40, kills = 3;
  start();
  std::map<std::string, std::string> ids;
  for (int i = 0; i < documents; ++i) {
    const std::string number = "K" + std::to_string(i);
    ids[number] = order(number);
    if (i % (documents / (kills + 1)) != documents / (kills + 1) - 1) continue;
    site_->gateway().signal(SIGKILL);
    ASSERT_EQ(site_->gateway().exit_status(), -1);
    site_->start_gateway();
  }
  const auto all_settled = [&] { return site_->measure(R"(cebgate_documents{state="settled"})") == documents; };
  EXPECT_TRUE(eventually(all_settled, std::chrono::seconds(90)));
  std::map<std::string, std::set<std::string>> guids;
  std::int64_t deliveries = 0;
  for (const Received& one : site_->received()) {
    deliveries += one.deliveries;
    for (const std::string& key : one.keys) guids[key].insert(one.guid);
  }
  EXPECT_THAT(guids, SizeIs(documents));
  int under_two = 0;
  for (const auto& [number, id] : ids) {
    const Seen seen = site_->look(id);
    EXPECT_EQ(seen.state, "settled") << number << ": " << seen.reason;
    EXPECT_EQ(seen.version, 1) << number;
    under_two += guids[std::string(seen.whole.at("key").as_string())].size() != 1 ? 1 : 0;
  }
  EXPECT_EQ(under_two, 0);
  std::cout << documents << " promised, " << guids.size() << " at customs, " << under_two << " under two guids, in "
            << deliveries << " deliveries\n";
}

}  // namespace
}  // namespace tests::app

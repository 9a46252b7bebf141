// A port of the profile `dxp-as2`, with the simulator as the partner.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "tests/gateway/app/as2_manner.h"
#include "tests/support/eventually.h"
#include "tests/support/postgres_server.h"
#include "tests/support/raw_socket.h"
#include "tests/support/unused_port.h"

namespace tests::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// Customs may have answered before the delivery has ended.
bool is_settled_and_receipted(const Seen& seen) {
  const bool is_settled = seen.state == "settled" && std::ranges::find(seen.statuses, "120") != seen.statuses.end();
  return is_settled && seen.deliveries.front() != "begun";
}

Seen settled(Site& site, const std::string& number) {
  const std::string id = site.accepted("CEB311Message", order_document({.number = number}));
  return site.wait_until(id, is_settled_and_receipted, std::chrono::seconds(60));
}

TEST(As2, orders_settle_whatever_the_partner_does_with_its_receipts) {
  Site site(over_as2());
  site.start_platform();
  site.start_gateway();
  for (const std::string trigger : {"", "~twice", "~backwards"}) {
    const Seen seen = settled(site, "A1" + trigger);
    EXPECT_THAT(seen.deliveries, ElementsAre("confirmed")) << trigger;
  }
  for (const std::string trigger : {"~lost-ack", "~mdn-wrong", "~mdn-late", "~http500"}) {
    const Seen seen = settled(site, "A2" + trigger);
    EXPECT_EQ(seen.deliveries.front(), "unknown") << trigger;
    EXPECT_THAT(site.received("A2" + trigger), SizeIs(1)) << trigger;
  }
  EXPECT_EQ(site.measure(R"(cebgate_inbound_records{state="unreadable"})"), 0);
  EXPECT_EQ(site.personal_data_in_logs(), "");
}

TEST(As2, orders_settle_with_asynchronous_receipts_and_compression) {
  const As2Addresses addresses{unused_port(), unused_port()};
  Site site(over_as2_at(addresses, ", compress = true, encrypt = \"aes128\", receipt_url = \"http://127.0.0.1:" +
                                       std::to_string(addresses.door) + "/as2\""));
  site.start_platform();
  site.start_gateway();
  EXPECT_THAT(settled(site, "A1").deliveries, ElementsAre("confirmed"));
  EXPECT_EQ(settled(site, "A2~mdn-late").deliveries.front(), "unknown");
}

TEST(As2, a_garbled_record_is_kept_as_unreadable) {
  Site site(over_as2());
  site.start_platform();
  site.start_gateway();
  settled(site, "A1~garbled");
  EXPECT_TRUE(eventually([&] { return site.measure(R"(cebgate_inbound_records{state="unreadable"})") == 1; }));
}

TEST(As2, a_partner_with_another_certificate_is_told_so_and_nothing_is_lost) {
  Manner manner = over_as2();
  auto& arguments = manner.platform_arguments;
  *(std::ranges::find(arguments, "--as2-partner-certificate") + 1) =
      *(std::ranges::find(arguments, "--as2-certificate") + 1);
  Site site(manner);
  site.start_platform();
  site.start_gateway();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "A1"}));
  const Seen held = site.wait_for_state(id, "held");
  EXPECT_THAT(held.deliveries, Contains("refused"));
  EXPECT_THAT(boost::json::serialize(held.whole), HasSubstr("authentication-failed"));
}

TEST(As2, a_door_that_cannot_open_is_said_in_readyz_and_the_port_waits) {
  const As2Addresses addresses{unused_port(), unused_port()};
  Site site(over_as2_at(addresses, ""));
  Manner in_the_way = over_as2_at({addresses.door, addresses.platform}, "");
  Site other(in_the_way);
  other.start_platform();
  site.start_platform();
  site.start_gateway();
  const auto said = [&] { return site.ask("GET", "/readyz", "").body; };
  EXPECT_TRUE(eventually([&] { return said().find("cannot listen") != std::string::npos; })) << said();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "A1"}));
  other.kill_platform();
  site.wait_until(id, is_settled_and_receipted, std::chrono::seconds(60));
}

// The first gateway takes every turn; what customs says comes to the second one's door alone.
TEST(As2, what_comes_to_a_gateways_door_is_kept_by_it_whichever_has_the_turn) {
  PostgresServer* server = PostgresServer::of_this_program();
  if (server == nullptr) GTEST_SKIP() << "postgresql is not installed";
  const As2Addresses addresses{unused_port(), unused_port()};
  const unsigned short second_door = unused_port();
  Manner manner = over_as2_at(addresses, "");
  manner.ledger = server->new_database();
  *(std::ranges::find(manner.platform_arguments, "--as2-partner-url") + 1) =
      "http://127.0.0.1:" + std::to_string(second_door) + "/as2";
  Site site(manner);
  site.start_platform();
  site.start_gateway();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "A1"}));
  ASSERT_TRUE(eventually([&] { return site.received("A1").size() == 1; }));
  std::string settings = read_file(site.settings_file());
  const std::string door = "127.0.0.1:" + std::to_string(addresses.door);
  settings.replace(settings.find(door), door.size(), "127.0.0.1:" + std::to_string(second_door));
  write_file(site.folder() / "second.toml", settings);
  const ChildProcess second("cebgate", {"serve", "--config", (site.folder() / "second.toml").string()},
                            site.folder() / "second");
  site.wait_until(id, is_settled_and_receipted, std::chrono::seconds(60));
}

}  // namespace
}  // namespace tests::app

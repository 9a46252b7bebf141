// A port of the profile `directory`, with the simulator as the vendor's client behind its folders.
#include <algorithm>
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::ElementsAre;

const std::string dxp_id = "DXPENT0000000001";

Manner over_folders() { return {.resend_after = "500ms", .folders = "exchange"}; }

std::filesystem::path in(const Site& site) { return site.folder() / "exchange" / dxp_id / "in"; }

TEST(Folders, orders_settle_whatever_the_client_and_customs_do_with_their_receipts) {
  Site site(over_folders());
  site.start_platform();
  site.start_gateway();
  for (const std::string trigger : {"", "~twice", "~backwards", "~half-written", "~lost-ack", "~http500"}) {
    const std::string id = site.accepted("CEB311Message", order_document({.number = "F1" + trigger}));
    const Seen seen = site.wait_until(id, is_through);
    EXPECT_EQ(std::ranges::count(seen.states, "settled"), 1) << trigger;
    EXPECT_THAT(seen.deliveries, ElementsAre("confirmed")) << trigger;
  }
  EXPECT_EQ(site.measure(R"(cebgate_inbound_records{state="unreadable"})"), 0);
  EXPECT_TRUE(eventually([&] { return std::filesystem::exists(in(site) / "archive"); }));
  EXPECT_EQ(site.personal_data_in_logs(), "");
}

TEST(Folders, a_file_that_cannot_be_read_is_kept_as_unreadable) {
  Site site(over_folders());
  site.start_platform();
  site.start_gateway();
  write_file(in(site) / "garbage.xml", "no receipt \xff");
  EXPECT_TRUE(eventually([&] { return site.measure(R"(cebgate_inbound_records{state="unreadable"})") == 1; }));
  EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(in(site) / "garbage.xml"); }));
}

TEST(Folders, a_missing_folder_is_said_in_readyz_and_the_port_waits_for_it) {
  Site site(over_folders());
  site.start_platform();
  site.kill_platform();
  std::filesystem::remove_all(site.folder() / "exchange");
  site.start_gateway();
  const auto said = [&] { return site.ask("GET", "/readyz", "").body; };
  EXPECT_TRUE(eventually([&] { return said().find("make it") != std::string::npos; })) << said();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "F1"}));
  site.wait_for_state(id, "deferred");
  site.restart_platform();
  site.wait_until(id, is_through, std::chrono::seconds(60));
}

}  // namespace
}  // namespace tests::app

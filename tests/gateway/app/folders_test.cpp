// A port of the profile `directory`, with the simulator as the vendor's client behind its folders.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const std::string dxp_id = "DXPENT0000000001";

Manner over_folders() { return {.resend_after = "500ms", .folders = "exchange"}; }

std::filesystem::path in(const Site& site) { return site.folder() / "exchange" / dxp_id / "in"; }

bool is_through(const Seen& seen) {
  return seen.state == "settled" && std::ranges::find(seen.statuses, "120") != seen.statuses.end();
}

// Customs data in which an order's number may have eighteen characters: it refuses what the gateway lets pass.
std::filesystem::path stricter_schemas(const std::filesystem::path& folder) {
  std::filesystem::copy(schemas_directory(), folder, std::filesystem::copy_options::recursive);
  const auto file = folder / "xsd" / "202205" / "import.xsd";
  std::string xsd = read_file(file);
  const std::string before = R"(name="orderNo" type="ceb:C1..60")", after = R"(name="orderNo" type="ceb:C1..18")";
  xsd.replace(xsd.find(before, xsd.find(R"(complexType name="OrderHead")")), before.size(), after);
  write_file(file, xsd);
  return folder;
}

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

TEST(Folders, a_ceb900_takes_a_message_apart_and_refuses_the_one_at_fault) {
  const ScratchDirectory scratch;
  Manner manner = over_folders();
  manner.batch_limit = "2";
  manner.platform_schemas = stricter_schemas(scratch.path() / "schemas").string();
  Site site(manner);
  site.start_platform();
  site.start_gateway();
  const std::string good = posting("CEB311Message", order_document({.number = "F1"}));
  const std::string bad = posting("CEB311Message", order_document({.number = "NUMBER-OF-MANY-LETTERS-1"}));
  const auto response =
      site.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), "[" + good + "," + bad + "]");
  const auto ids = boost::json::parse(response.body).as_array();
  ASSERT_THAT(ids, SizeIs(2)) << response.body;
  const Seen settled = site.wait_until(std::string(ids[0].at("id").as_string()), is_through);
  const Seen refused = site.wait_for_state(std::string(ids[1].at("id").as_string()), "refused");
  EXPECT_THAT(refused.statuses, Contains("CEB900"));
  EXPECT_THAT(refused.reason, HasSubstr("orderNo"));
  EXPECT_EQ(settled.version, 1);
}

TEST(Folders, a_bad_signature_is_a_refusal_in_the_exchange_platforms_words) {
  const ScratchDirectory scratch;
  TestAuthority strangers(scratch.path() / "strangers");
  const TestIdentity identity = strangers.issue_sm2("测试电商企业");
  Site site(over_folders());
  site.set_ecommerce_keys("key = \"file:" + identity.key.string() +
                          "\"\ncertificate = \"file:" + identity.certificate.string() + "\"\n");
  site.start_platform();
  site.start_gateway();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "F1"}));
  const Seen refused = site.wait_for_state(id, "refused");
  EXPECT_THAT(refused.statuses, ElementsAre("DxpRep"));
  EXPECT_THAT(refused.reason, HasSubstr("1001"));
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

class FolderDeaths : public testing::TestWithParam<const char*> {};

TEST_P(FolderDeaths, a_killed_gateway_loses_nothing_and_doubles_nothing) {
#ifndef CEBGATE_FAILPOINTS
  GTEST_SKIP() << "this build has no failpoints";
#endif
  constexpr int orders = 3;
  Site site(over_folders());
  site.start_platform();
  site.start_gateway({{"CEBGATE_FAILPOINT", GetParam()}});
  std::string body;
  for (int i = 0; i < orders; ++i) {
    body += (body.empty() ? "[" : ",") + posting("CEB311Message", order_document({.number = "F" + std::to_string(i)}));
  }
  site.try_to("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body + "]");
  ASSERT_TRUE(eventually([&] { return site.gateway().has_ended(); })) << "it was not come by";
  site.start_gateway();
  // The ERP may have heard nothing.
  const auto response = site.ask("POST", "/v1/documents", Site::token_of(enterprises.ecommerce), body + "]");
  const auto posted = boost::json::parse(response.body);
  ASSERT_THAT(posted.as_array(), SizeIs(orders));
  for (const auto& one : posted.as_array()) {
    Seen seen = site.wait_until(std::string(one.at("id").as_string()), is_through, std::chrono::seconds(40));
    std::erase(seen.statuses, "-301010");  // to bytes that came twice under one guid
    EXPECT_THAT(seen.statuses, ElementsAre("2", "120"));
    EXPECT_EQ(seen.version, 1);
  }
  for (int i = 0; i < orders; ++i) EXPECT_THAT(site.received("F" + std::to_string(i)), SizeIs(1));
  EXPECT_EQ(site.measure(R"(cebgate_inbound_records{state="unreadable"})"), 0);
}

INSTANTIATE_TEST_SUITE_P(BetweenTheSteps, FolderDeaths,
                         testing::Values("dispatch.begun", "dispatch.answered:2", "dispatch.finished:2",
                                         "receipts.received", "receipts.stored", "receipts.acknowledged"),
                         [](const auto& place) {
                           std::string name = place.param;
                           std::ranges::replace_if(
                               name, [](char c) { return c == '.' || c == ':'; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace tests::app

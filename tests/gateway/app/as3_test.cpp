// A gateway and the simulator with an FTP server between them: what settles, what is refused, what is lost and late,
// and what a kill leaves.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <map>
#include <set>

#include "tests/codecs/as2/partners.h"
#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"
#include "tests/support/ftp_server.h"

namespace tests::app {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const std::vector<std::string> dxp_ids{"DXPENT0000000001", "DXPENT0000000002", "DXPENT0000000003"};

class OverAs3 : public testing::Test {
 protected:
  void SetUp() override {
    if (!FtpServer::is_installed()) GTEST_SKIP() << "vsftpd is not installed";
    server_.emplace();
    for (const std::string& dxp_id : dxp_ids) {
      for (const char* folder : {"/out", "/in"}) server_->make_folder(dxp_id + folder);
    }
    const As2Partners& partners = As2Partners::shared();
    for (const auto& key : {partners.shop.key_file, partners.customs.key_file}) {
      std::filesystem::permissions(key, std::filesystem::perms::owner_read);
    }
  }

  Manner manner() const {
    return {.resend_after = "500ms", .port = port_settings(), .platform_arguments = platform_arguments()};
  }
  void start(const Manner& manner) {
    site_.emplace(manner);
    site_->start_platform();
    site_->start_gateway();
  }

  std::string port_settings() const {
    const As2Partners& partners = As2Partners::shared();
    return "profile = \"dxp-as3\"\nurl = \"" + server_->url() + "\"\nuser = \"" + server_->user() +
           "\"\npassword = \"file:" + server_->password().string() + "\"\nca = \"" + server_->certificate().string() +
           "\"\nout = \"" + server_->path("{dxp_id}/out") + "\"\nin = \"" + server_->path("{dxp_id}/in") +
           "\"\ntimeout = \"5s\"\nagreement = { partner_id = \"CUSTOMS\", key = \"" + partners.shop.key_file.string() +
           "\", certificate = \"" + partners.shop.certificate_file.string() + "\", partner_certificates = [\"" +
           partners.customs.certificate_file.string() + "\"] }\n";
  }
  std::vector<std::string> platform_arguments() const {
    const As2Partners& partners = As2Partners::shared();
    return {"--as3",
            server_->url(),
            "--as3-password",
            "file:" + server_->password().string(),
            "--as3-ca",
            server_->certificate().string(),
            "--as3-messages",
            server_->path("{dxp_id}/out"),
            "--as3-answers",
            server_->path("{dxp_id}/in"),
            "--as3-key",
            partners.customs.key_file.string(),
            "--as3-certificate",
            partners.customs.certificate_file.string(),
            "--as3-partner-certificate",
            partners.shop.certificate_file.string(),
            "--as3-lateness",
            "7"};
  }
  std::string order(const std::string& number) {
    return site_->accepted("CEB311Message", order_document({.number = number}));
  }
  std::filesystem::path in() const { return server_->root() / dxp_ids.front() / "in"; }

  std::optional<FtpServer> server_;
  std::optional<Site> site_;
};

bool is_through(const Seen& seen) {
  return seen.state == "settled" && std::ranges::find(seen.statuses, "120") != seen.statuses.end();
}

TEST_F(OverAs3, orders_settle_whatever_the_platform_does_with_their_receipts) {
  start(manner());
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
  start(manner());
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

TEST_F(OverAs3, a_bad_signature_is_a_refusal_in_the_exchange_platforms_words) {
  const ScratchDirectory scratch;
  TestAuthority strangers(scratch.path() / "strangers");
  const TestIdentity identity = strangers.issue_sm2("测试电商企业");
  site_.emplace(manner());
  site_->set_ecommerce_keys("key = \"file:" + identity.key.string() +
                            "\"\ncertificate = \"file:" + identity.certificate.string() + "\"\n");
  site_->start_platform();
  site_->start_gateway();
  const Seen refused = site_->wait_for_state(order("F1"), "refused");
  EXPECT_THAT(refused.statuses, ElementsAre("DxpRep"));
  EXPECT_THAT(refused.reason, HasSubstr("1001"));
}

TEST_F(OverAs3, a_server_that_is_away_is_said_in_readyz_and_the_port_waits_for_it) {
  start(manner());
  site_->wait_until(order("A0"), is_through);
  server_->stop();
  const auto said = [&] { return site_->ask("GET", "/readyz", "").body; };
  EXPECT_TRUE(eventually([&] { return said().find("cannot be reached") != std::string::npos; })) << said();
  const std::string id = order("A1");
  const Seen waiting = site_->wait_for_state(id, "deferred");
  EXPECT_THAT(waiting.deliveries, Contains("unreachable"));
  server_->start();
  site_->wait_until(id, is_through, std::chrono::seconds(60));
  EXPECT_THAT(site_->received("A1"), SizeIs(1));
}

TEST_F(OverAs3, every_accepted_order_settles_once_although_the_gateway_is_killed_again_and_again) {
  constexpr int documents = 40, kills = 3;
  start(manner());
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

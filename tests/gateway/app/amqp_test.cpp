// A gateway and the simulator with a broker between them, which is killed in the middle.
#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/gateway/app/site.h"
#include "tests/support/amqp_front.h"
#include "tests/support/bare_amqp.h"
#include "tests/support/eventually.h"
#include "tests/support/rabbit_server.h"

namespace tests::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const std::vector<std::string> dxp_ids{"DXPENT0000000001", "DXPENT0000000002", "DXPENT0000000003"};

class OverAmqp : public ::testing::Test {
 protected:
  void SetUp() override {
    rabbit_ = RabbitServer::of_this_program();
    if (rabbit_ == nullptr) GTEST_SKIP() << "rabbitmq-server is not installed";
    BareAmqp desk(rabbit_->login());
    desk.declare_exchange("dxp");
    for (const std::string& dxp_id : dxp_ids) {
      desk.declare_queue("in." + dxp_id);
      desk.declare_queue("out." + dxp_id);
      desk.bind("in." + dxp_id, "dxp", dxp_id);
    }
    front_.emplace(rabbit_->login().port);
    write_file(password_file(), rabbit_->login().password);
    std::filesystem::permissions(password_file(), std::filesystem::perms::owner_read);
    site_.emplace(Manner{.resend_after = "2s",
                         .port = port_settings(),
                         .platform_arguments = {"--amqp", rabbit_->url(), "--amqp-user", rabbit_->login().user,
                                                "--amqp-password", "file:" + password_file().string()}});
    site_->start_platform();
    site_->start_gateway();
  }

  void TearDown() override {
    site_.reset();
    if (rabbit_ == nullptr) return;
    BareAmqp desk(rabbit_->login());
    for (const std::string& dxp_id : dxp_ids) {
      desk.remove_queue("in." + dxp_id);
      desk.remove_queue("out." + dxp_id);
    }
  }

  std::filesystem::path password_file() const { return scratch_.path() / "password"; }

  std::string port_settings() const {
    return "profile = \"dxp-amqp\"\nurl = \"amqp://127.0.0.1:" + std::to_string(front_->port()) + "/" +
           rabbit_->login().vhost + "\"\nuser = \"" + rabbit_->login().user +
           "\"\npassword = \"file:" + password_file().string() +
           "\"\nexchange = \"dxp\"\nqueue = \"out.{dxp_id}\"\ntimeout = \"10s\"\n";
  }

  std::string order(const std::string& number) {
    return site_->accepted("CEB311Message", order_document({.number = number}));
  }

  ScratchDirectory scratch_;
  RabbitServer* rabbit_ = nullptr;
  std::optional<AmqpFront> front_;  // before the gateway
  std::optional<Site> site_;
};

bool has_heard_the_end(const Seen& seen) { return std::ranges::count(seen.statuses, "120") > 0; }

TEST_F(OverAmqp, an_order_goes_out_and_is_settled_by_its_receipts) {
  const Seen seen = site_->wait_until(order("A1"), has_heard_the_end);
  EXPECT_EQ(seen.state, "settled");
  EXPECT_THAT(seen.deliveries, ElementsAre("confirmed"));
  EXPECT_THAT(seen.statuses, UnorderedElementsAre("2", "120"));
  EXPECT_THAT(site_->received("A1"), SizeIs(1));
  EXPECT_EQ(site_->personal_data_in_logs(), "");
  const auto ready = site_->ask("GET", "/readyz", "");
  EXPECT_EQ(ready.status, 200U) << ready.body;
}

TEST_F(OverAmqp, a_lost_confirm_is_unknown_and_the_receipt_proves_the_arrival) {
  site_->wait_for_state(order("L0"), "settled");
  front_->do_harm(Harm::confirm_lost);
  const Seen seen = site_->wait_for_state(order("L1"), "settled");
  EXPECT_EQ(seen.deliveries.front(), "unknown");
  EXPECT_THAT(site_->received("L1"), SizeIs(1));
}

TEST_F(OverAmqp, what_is_posted_while_the_line_is_cut_goes_out_when_it_is_back) {
  site_->wait_for_state(order("C0"), "settled");
  front_->do_harm(Harm::closed);
  const std::string id = order("C1");
  const Seen waiting = site_->wait_for_state(id, "deferred");
  EXPECT_THAT(waiting.reason, HasSubstr("cannot be reached"));
  front_->do_harm(Harm::none);
  site_->wait_for_state(id, "settled");
  EXPECT_THAT(site_->received("C1"), SizeIs(1));
}

TEST_F(OverAmqp, every_accepted_order_settles_once_although_the_broker_is_killed_in_the_middle) {
  constexpr int documents = 60;
  std::map<std::string, std::string> ids;
  for (int i = 0; i < documents; ++i) {
    const std::string number = "K" + std::to_string(i);
    ids[number] = order(number);
    if (i == documents / 3) rabbit_->kill();
    if (i == documents * 2 / 3) rabbit_->start();
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
  for (const auto& [number, id] : ids) {
    const Seen seen = site_->wait_until(id, has_heard_the_end);
    EXPECT_EQ(seen.state, "settled") << number << ": " << seen.reason;
    // One that was delivered twice hears beside them that it was there already.
    for (const char* status : {"2", "120"}) EXPECT_EQ(std::ranges::count(seen.statuses, status), 1) << number;
    EXPECT_EQ(seen.version, 1) << number;
    EXPECT_THAT(guids[std::string(seen.whole.at("key").as_string())], SizeIs(1)) << number;
  }
  std::cout << documents << " promised, " << guids.size() << " at customs, in " << deliveries << " deliveries\n";
}

}  // namespace
}  // namespace tests::app

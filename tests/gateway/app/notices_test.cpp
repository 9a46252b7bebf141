// The gateway tells an ERP of every change, whatever happens to either of them.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <set>

#include "tests/gateway/app/site.h"
#include "tests/gateway/notify/receiver.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

namespace json = boost::json;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Notices : public ::testing::Test {
 protected:
  void tell(const std::string& url, const std::string& more = "notify_private = true\n") {
    write_file(site_.folder() / "notify.secret", notify_secret);
    std::filesystem::permissions(site_.folder() / "notify.secret", std::filesystem::perms::owner_read);
    site_.set_ecommerce_notices("notify_url = \"" + url + "\"\nnotify_secret = \"file:notify.secret\"\n" + more);
  }
  void start() {
    site_.start_platform();
    site_.start_gateway();
  }
  json::value ask(const std::string& target, const std::string& token = Site::operator_token) const {
    return json::parse(site_.ask("GET", target, token).body);
  }
  std::string erp_token() const { return Site::token_of(enterprises.ecommerce); }

  Site site_;
};

TEST_F(Notices, TellTheErpEveryChangeAsTheFeedDoesAndInOrder) {
  Receiver erp;
  tell(erp.url());
  start();
  const std::string id = site_.accepted("CEB311Message", order_document({.number = "N1"}));
  site_.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  json::array changes;
  ASSERT_TRUE(eventually([&] {
    changes = ask("/v1/changes", erp_token()).at("changes").as_array();
    return erp.count() == changes.size();
  }));
  const auto heard = erp.heard();
  EXPECT_THAT(heard, Each(Field("is_genuine", &Heard::is_genuine, true)));
  ASSERT_THAT(changes, SizeIs(heard.size()));
  for (std::size_t i = 0; i < heard.size(); ++i) EXPECT_EQ(heard[i].whole.at("data"), changes[i]);
  EXPECT_EQ(heard.front().to, "accepted");
  EXPECT_EQ(heard.back().to, "settled");
  ASSERT_TRUE(eventually([&] {
    const std::string erp_name = "erp-" + std::string(enterprises.ecommerce);
    return site_.measure("cebgate_notice_attempts_total{client=\"" + erp_name + "\",outcome=\"heard\"}") ==
           static_cast<double>(heard.size());
  }));
}

TEST_F(Notices, AreToldAgainUnderTheirIdAfterAKill) {
  Receiver erp([](const Heard&) { return Reply{.after = std::chrono::seconds(2)}; });
  tell(erp.url());
  start();
  const std::string id = site_.accepted("CEB311Message", order_document({.number = "N2"}));
  ASSERT_TRUE(eventually([&] { return erp.count() == 1; }));
  site_.gateway().signal(SIGKILL);  // the answer is on its way
  site_.gateway().exit_status();
  erp.answer_by([](const Heard&) { return Reply(); });
  site_.start_gateway();
  site_.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  ASSERT_TRUE(eventually([&] { return erp.told().back() == "N2 settled"; }));
  const auto heard = erp.heard();
  EXPECT_EQ(heard[0].webhook_id, heard[1].webhook_id);
  EXPECT_EQ(heard[0].body, heard[1].body);
  std::set<std::string> ids;
  for (const Heard& one : heard) ids.insert(one.webhook_id);
  EXPECT_EQ(ids.size(), heard.size() - 1) << "everything else once";
  EXPECT_THAT(heard, Each(Field("is_genuine", &Heard::is_genuine, true)));
}

TEST_F(Notices, ThatWereNotHeardAreShownAndToldAgainByAnOperator) {
  Receiver erp([refused = 0](const Heard&) mutable { return Reply{.status = ++refused <= 2 ? 410U : 204U}; });
  tell(erp.url());
  start();
  const std::string id = site_.accepted("CEB311Message", order_document({.number = "N3"}));
  site_.wait_until(id, [](const Seen& seen) { return seen.stage == "120"; });
  const auto in_state = [&](const std::string& state) {
    return ask("/v1/notices?state=" + state + "&document=N3").at("notices").as_array().size();
  };
  const std::size_t changes = ask("/v1/changes", erp_token()).at("changes").as_array().size();
  ASSERT_TRUE(eventually([&] { return in_state("heard") == changes - 2; }));
  EXPECT_EQ(in_state("unheard"), 2U);

  write_file(site_.folder() / "operator.token", Site::operator_token);
  const std::vector<std::string> gateway{"--url", site_.gateway_url(), "--token-file",
                                         (site_.folder() / "operator.token").string()};
  CebgateRun cebgate;
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), gateway.begin(), gateway.end());
    return cebgate(arguments);
  };
  const Ran listed = run({"notices", "--state", "unheard"});
  EXPECT_EQ(listed.status, 0) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr("answered 410"));
  EXPECT_EQ(run({"notices", "--document", "N3", "--format", "json"}).out,
            site_.ask("GET", "/v1/notices?document=N3", Site::operator_token).body + "\n");
  const Ran resent = run({"notices", "resend", "--client", "erp-" + std::string(enterprises.ecommerce), "--unheard"});
  EXPECT_EQ(resent.status, 0) << resent.err;
  EXPECT_EQ(resent.out, "told again: 2\n");
  EXPECT_TRUE(eventually([&] { return in_state("heard") == changes; }));
  EXPECT_EQ(run({"notices", "resend", "1"}).out, "told again: 1\n");
  EXPECT_EQ(run({"notices", "resend", "99999"}).status, 1);
  EXPECT_EQ(run({"notices", "resend"}).status, 2);
  EXPECT_EQ(run({"notices", "resend", "1", "--unheard"}).status, 2);
}

TEST_F(Notices, GoToNoPrivateAddressUnlessTheSettingsAllowIt) {
  Receiver erp;
  tell("https" + erp.url().substr(4), "");
  start();
  site_.accepted("CEB311Message", order_document({.number = "N4"}));
  ASSERT_TRUE(eventually([&] {
    const auto notices = ask("/v1/notices", erp_token()).at("notices").as_array();
    return !notices.empty() && std::string(notices.back().at("answer").as_string())
                                   .ends_with(
                                       "127.0.0.1 is no address of the public Internet, which alone is "
                                       "allowed here");
  }));
  EXPECT_EQ(erp.count(), 0U);
}

TEST_F(Notices, NeedASecretOfTheStandardsForm) {
  site_.expect_platform_at(1);
  tell("https://erp.example.com/", "");
  std::filesystem::permissions(site_.folder() / "notify.secret", std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  write_file(site_.folder() / "notify.secret", "geheim");
  site_.write_settings();
  ChildProcess gateway("cebgate", site_.serve_arguments(), site_.folder() / "refused");
  EXPECT_EQ(gateway.exit_status(), 2);
  EXPECT_THAT(gateway.err(), HasSubstr("whsec_"));
  EXPECT_THAT(gateway.err(), ::testing::Not(HasSubstr("geheim")));
  const Ran doctor = CebgateRun()({"doctor", "--config", site_.settings_file().string()});
  EXPECT_EQ(doctor.status, 1);
  EXPECT_THAT(doctor.out,
              HasSubstr("FAIL  settings " + site_.settings_file().string() + ", client[0].notify_secret: "));
  EXPECT_THAT(doctor.out, ::testing::Not(HasSubstr("geheim")));
}

}  // namespace
}  // namespace tests::app

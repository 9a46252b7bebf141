// Ports paused and resumed, and how everything stands, with a real gateway and the simulator.
#include <boost/json/parse.hpp>
#include <csignal>
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"
#include "tests/support/documents.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

namespace json = boost::json;

class WatchedSite : public testing::Test {
 protected:
  explicit WatchedSite(Manner manner = {}) : site(std::move(manner)) {
    site.start_platform();
    site.start_gateway();
  }
  json::value get(const std::string& target) { return json::parse(site.ask("GET", target, Site::operator_token).body); }
  unsigned order(const std::string& action) {
    return site
        .ask("POST", "/v1/ports/hainan/actions", Site::operator_token,
             R"({"action":")" + action + R"(","reason":"夜间维护"})")
        .status;
  }
  std::string post_order(const std::string& number) {
    Sale sale;
    sale.number = number;
    return site.accepted("CEB311Message", order_document(sale));
  }
  bool has_alert(const std::string& state, const std::string& kind) {
    const json::value answer = get("/v1/alerts?state=" + state);
    for (const json::value& alert : answer.at("alerts").as_array()) {
      if (alert.at("kind").as_string() == kind) return true;
    }
    return false;
  }

  Site site;
};

TEST_F(WatchedSite, APausedPortGetsNothingAfterARestartEitherAndAllOfItOnceItIsResumed) {
  ASSERT_EQ(order("pause"), 200u);
  const std::string id = post_order("W1");
  EXPECT_TRUE(eventually([&] { return has_alert("open", "port_paused"); }));
  site.gateway().signal(SIGKILL);
  site.gateway().exit_status();
  site.start_gateway();
  EXPECT_TRUE(eventually([&] { return get("/v1/overview").at("oldest_waiting").as_array().size() == 1; }));
  EXPECT_EQ(site.look(id).state, "accepted");
  EXPECT_TRUE(site.received().empty());
  EXPECT_EQ(get("/v1/ports").at("ports").at(0).at("paused").at("reason"), "夜间维护");
  ASSERT_EQ(order("resume"), 200u);
  site.wait_until(id, is_through);
  EXPECT_TRUE(eventually([&] { return has_alert("ended", "port_paused"); }));
  EXPECT_EQ(get("/v1/audit/verification").at("whole"), true);
  EXPECT_EQ(get("/v1/audit?kind=port").at("acts").as_array().size(), 2u);
}

TEST_F(WatchedSite, APortThatIsAwayIsOneAlertUntilItIsBack) {
  site.wait_until(post_order("W2"), is_through);
  site.kill_platform();
  EXPECT_TRUE(eventually([&] { return has_alert("open", "port_unreachable"); }));
  site.restart_platform();
  EXPECT_TRUE(eventually([&] { return has_alert("ended", "port_unreachable"); }));
  EXPECT_FALSE(has_alert("open", "port_unreachable"));
}

TEST_F(WatchedSite, TheOverviewShowsTheFlowAndWhatRefused) {
  site.wait_until(post_order("W3"), is_through);
  site.wait_for_state(post_order("W4~-301014"), "refused");
  const auto refused = [&] { return get("/v1/overview").at("today").at("refused") == 1; };
  ASSERT_TRUE(eventually(refused));
  const json::value seen = get("/v1/overview");
  EXPECT_EQ(seen.at("today").at("posted"), 2);
  EXPECT_EQ(seen.at("today").at("settled"), 1);
  EXPECT_EQ(seen.at("states").at("refused"), 1);
  EXPECT_EQ(seen.at("codes_today").at(0).at("code"), "-301014");
  EXPECT_FALSE(seen.at("codes_today").at(0).at("meaning").at("zh").as_string().empty());
  const json::value key = get("/v1/keys").at("keys").at(0);
  EXPECT_EQ(key.at("state"), "signs");
  EXPECT_FALSE(key.at("certificate").at("issuer").as_string().empty());
}

}  // namespace
}  // namespace tests::app

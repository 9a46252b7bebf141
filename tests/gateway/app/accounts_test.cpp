// Persons at a gateway that runs: the first account, its session and its rights, over a restart, until it is disabled.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <utility>

#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

class AccountsOfAGateway : public testing::Test {
 protected:
  AccountsOfAGateway() {
    site.start_platform();
    site.start_gateway();
  }

  Ran user(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "user");
    arguments.insert(arguments.end(), {"--config", site.settings_file().string(), "--format", "json"});
    return run_(arguments);
  }
  gateway::http::Response ask(const std::string& method, const std::string& target, const std::string& body = {}) {
    gateway::http::Call call;
    call.method = method;
    call.url = site.gateway_url() + target;
    call.body = body;
    if (!cookie.empty()) call.headers.set("Cookie", "cebgate_session=" + cookie);
    if (!csrf.empty()) call.headers.set("X-CSRF-Token", csrf);
    boost::asio::io_context io;
    auto exchange = boost::asio::co_spawn(io, gateway::http::send(std::move(call)), boost::asio::use_future);
    io.run();
    return exchange.get().response;
  }
  void sign_in(const std::string& order) {
    const auto response = ask("POST", "/v1/session", order);
    ASSERT_EQ(response.status, 201U) << response.body;
    const std::string set(response.headers.get("Set-Cookie"));
    const auto start = set.find('=') + 1;
    cookie = set.substr(start, set.find(';') - start);
    csrf = std::string(json::parse(response.body).as_object().at("csrf").as_string());
  }
  void sign_in_by_code_of(const std::string& printed) {
    const auto told = json::parse(printed).as_object();
    sign_in(json::serialize(json::object{{"code", told.at("code")}}));
  }

  Site site;
  std::string cookie, csrf;

 private:
  CebgateRun run_;
};

TEST_F(AccountsOfAGateway, AreMadeWhileItRunsSeeTheirEnterprisesAloneAndOutliveARestart) {
  EXPECT_TRUE(eventually([&] { return site.gateway().err().find("cebgate user add NAME") != std::string::npos; }));
  EXPECT_THAT(ask("GET", "/v1/session").body, HasSubstr("api.no_account_yet"));
  const Ran added = user({"add", "mei", "--role", "operator", "--enterprise", enterprises.ecommerce, "--one-time"});
  ASSERT_EQ(added.status, 0) << added.err;
  sign_in_by_code_of(added.out);
  const std::string order = site.accepted("CEB311Message", order_document({.number = "ACC1~silent"}));
  site.wait_for_state(order, "sent");
  const std::string payment = site.accepted("CEB411Message", payment_document({.number = "ACC1~silent"}));
  EXPECT_EQ(ask("GET", "/v1/documents/" + order).status, 200U);
  EXPECT_EQ(ask("GET", "/v1/documents/" + payment).status, 404U) << "another enterprise's";
  EXPECT_EQ(ask("GET", "/v1/users").status, 403U);
  ASSERT_EQ(ask("POST", "/v1/session/password", R"({"new":"correct horse battery"})").status, 204U);
  site.gateway().signal(SIGTERM);
  site.gateway().exit_status();
  site.start_gateway();
  EXPECT_EQ(ask("GET", "/v1/documents/" + order).status, 200U);
  const std::string hold = "/v1/documents/" + order + "/actions", body = R"({"action":"hold","reason":"to be seen"})";
  const std::string right = std::exchange(csrf, "forged");
  EXPECT_EQ(ask("POST", hold, body).status, 403U);
  csrf = right;
  EXPECT_EQ(ask("POST", hold, body).status, 200U);
  EXPECT_EQ(site.look(order).whole.at("timeline").as_array().back().at("by").as_string(), "mei");
  EXPECT_EQ(user({"disable", "mei"}).status, 0);
  EXPECT_TRUE(eventually([&] { return ask("GET", "/v1/session").status == 401; }));
}

}  // namespace
}  // namespace tests::app

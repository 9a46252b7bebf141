// A gateway whose enterprise signs with UKeys that hang, start again, refuse their PIN.
#include <atomic>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <gmock/gmock.h>
#include <string>
#include <thread>

#include "tests/gateway/app/site.h"
#include "tests/support/eventually.h"
#include "tests/support/ukey_server.h"

namespace tests::app {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Answers = UkeyBehaviour::Answers;
using std::chrono::steady_clock;

class UkeySite : public testing::Test {
 protected:
  UkeySite() {
    for (auto* server : {&first, &second}) server->behave(answering(Answers::normal));
    site.start_platform();
  }
  static UkeyBehaviour answering(Answers answers) { return {.answers = answers, .signature_time = 20ms}; }

  std::string with(const UkeyServer& server, const std::string& pin = "88888888", const std::string& timeout = "1s") {
    const auto file = site.folder() / ("pin-" + pin);
    write_file(file, pin);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return "[[enterprise.keys]]\nkey = \"" + server.uri() + "\"\npin = \"file:" + file.string() + "\"\ntimeout = \"" +
           timeout + "\"\n";
  }
  double measure(const std::string& name, const UkeyServer& server) const {
    return site.measure("cebgate_key_" + name + "{enterprise=\"" + enterprises.ecommerce + "\",key=\"" + server.uri() +
                        "\"}");
  }
  // Of /readyz, the row of a key.
  boost::json::object row(const UkeyServer& server) const {
    const auto answer = boost::json::parse(site.ask("GET", "/readyz", "").body);
    for (const auto& key : answer.at("keys").as_array()) {
      if (key.at("key").as_string() == server.uri()) return key.as_object();
    }
    return {};
  }
  std::string standing_of(const UkeyServer& server) const {
    return std::string(row(server).at("standing").as_string());
  }
  bool stands(const UkeyServer& server, const std::string& standing) const {
    return eventually([&] { return standing_of(server) == standing; });
  }
  std::string ordered(int n) { return site.accepted("CEB311Message", order_document({.number = number(n)})); }
  static std::string number(int n) { return "K" + std::to_string(n); }

  Site site;
  UkeyServer first{site.issue_key()}, second{site.issue_key()};
};

TEST_F(UkeySite, UnderLoadOneHangsAndStartsAgainAndEveryOrderIsSettledAndArrivesOnce) {
  site.set_ecommerce_keys(with(first) + with(second));
  site.start_gateway();
  std::atomic<int> posted = 0;
  std::string trouble;
  std::jthread erp([&](const std::stop_token& enough) {
    try {
      for (; !enough.stop_requested() && posted < 1000; ++posted) {
        ordered(posted);
        std::this_thread::sleep_for(10ms);  // the pace of this ERP
      }
    } catch (const std::exception& error) {
      trouble = error.what();
    }
  });
  const auto signs = [&](const UkeyServer& server, int more) {
    const int before = server.counts().signatures;
    return eventually([&] { return server.counts().signatures >= before + more; });
  };
  EXPECT_TRUE(signs(first, 5));
  EXPECT_TRUE(signs(second, 5));
  EXPECT_GE(measure("signature_seconds", first), 0.02);
  first.behave(answering(Answers::never));
  EXPECT_TRUE(stands(first, "resting"));
  EXPECT_THAT(std::string(row(first).at("why_en").as_string()), HasSubstr("did not answer"));
  EXPECT_EQ(measure("in_use", first), 0);
  EXPECT_EQ(measure("in_use", second), 1);
  EXPECT_GE(measure("failures_total", first), 1);
  EXPECT_TRUE(signs(second, 5));
  first.stop();
  first.behave(answering(Answers::normal));
  first.start();
  EXPECT_TRUE(stands(first, "in_use"));
  EXPECT_EQ(measure("in_use", first), 1);
  EXPECT_TRUE(signs(first, 5));
  erp.request_stop();
  erp.join();
  EXPECT_EQ(trouble, "");
  const auto settled = [&] { return site.measure(R"(cebgate_documents{state="settled"})") >= posted; };
  EXPECT_TRUE(eventually(settled, 60s)) << posted << " were posted";
  std::map<std::string, std::int64_t> deliveries;
  for (const auto& one : site.received()) {
    EXPECT_TRUE(one.is_valid) << one.guid;
    for (const auto& key : one.keys) deliveries[key] += one.deliveries;
  }
  EXPECT_EQ(static_cast<int>(deliveries.size()), posted);
  for (const auto& [key, times] : deliveries) EXPECT_EQ(times, 1) << key;
  EXPECT_THAT(site.gateway().err(), AllOf(HasSubstr("resting"), HasSubstr("in_use")));
}

TEST_F(UkeySite, SigtermEndsItWhileADeviceHangsAndTheOrderIsSealedAtTheNextStart) {
  site.set_ecommerce_keys(with(first, "88888888", "2m"));
  site.start_gateway();
  const int before = first.counts().requests;
  first.behave(answering(Answers::never));
  const auto id = ordered(1);
  ASSERT_TRUE(eventually([&] { return first.counts().requests > before; }));
  const auto begun = steady_clock::now();
  site.gateway().signal(SIGTERM);
  EXPECT_EQ(site.gateway().exit_status(), 0) << site.gateway().err();
  EXPECT_LT(steady_clock::now() - begun, 15s * slowness);
  EXPECT_THAT(site.gateway().err(), HasSubstr("does not answer"));
  first.behave(answering(Answers::normal));
  site.start_gateway();
  site.wait_for_state(id, "settled");
  ASSERT_EQ(site.received(number(1)).size(), 1U);
  EXPECT_EQ(site.received(number(1)).front().deliveries, 1);
}

TEST_F(UkeySite, SigtermEndsItWhileTheLookAtADeviceHangs) {
  site.set_ecommerce_keys(with(first, "88888888", "2m") + with(second));
  first.stop();
  site.start_gateway();
  first.behave(answering(Answers::never));
  const int before = first.counts().connections;
  first.start();
  ASSERT_TRUE(eventually([&] { return first.counts().connections > before; }));
  const auto begun = steady_clock::now();
  site.gateway().signal(SIGTERM);
  EXPECT_EQ(site.gateway().exit_status(), 0) << site.gateway().err();
  EXPECT_LT(steady_clock::now() - begun, 15s * slowness);
  EXPECT_THAT(site.gateway().err(), HasSubstr("does not answer"));
}

TEST_F(UkeySite, AWrongPinReachesTheCardOnceHoweverOftenTheGatewayIsStarted) {
  site.set_ecommerce_keys(with(first, "12345678"));
  for (int starts = 0; starts < 3; ++starts) {
    site.start_gateway();
    EXPECT_EQ(standing_of(first), "out_of_use");
    // What it says may come later than what it answers.
    EXPECT_TRUE(eventually([&] { return site.gateway().err().find("PIN") != std::string::npos; }));
    EXPECT_THAT(site.gateway().err(), AllOf(HasSubstr("PIN"), testing::Not(HasSubstr("12345678"))));
    EXPECT_EQ(first.counts().wrong_pins, 1);
    site.gateway().signal(SIGTERM);
    EXPECT_EQ(site.gateway().exit_status(), 0);
  }
  site.set_ecommerce_keys(with(first));
  site.start_gateway();
  EXPECT_EQ(standing_of(first), "in_use");
  site.wait_for_state(ordered(1), "settled");
}

}  // namespace
}  // namespace tests::app

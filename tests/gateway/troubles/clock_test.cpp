// The clock of the gateway's machine jumps three days forward and then back, by an hour and by the three days, while
// documents come in: nothing is lost or doubled, nobody is held for silence, and what waits goes on.
#include "base/clock.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <gmock/gmock.h>
#include <string>
#include <thread>

#include "tests/gateway/troubles/promises.h"
#include "tests/support/eventually.h"
#include "tests/support/postgres_server.h"

namespace tests::app {
namespace {

using testing::HasSubstr;

constexpr const char* faketime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
constexpr std::chrono::seconds silence_is_looked_for{16};  // every fifteen seconds

enum class Kind { sqlite, postgres };

std::string name_of(const testing::TestParamInfo<Kind>& kind) {
  return kind.param == Kind::sqlite ? "sqlite" : "postgres";
}

class Clock : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (slowness > 1) GTEST_SKIP() << "a sanitizer has to be loaded first, and so has libfaketime";
    if (!std::filesystem::exists(faketime)) GTEST_SKIP() << "libfaketime is not installed";
    if (GetParam() == Kind::postgres && PostgresServer::of_this_program() == nullptr) {
      GTEST_SKIP() << "PostgreSQL 15 is not installed";
    }
  }
  static Manner manner() {
    Manner manner{.pace = "0.1", .resend_after = "2s"};
    if (GetParam() == Kind::postgres) manner.ledger = PostgresServer::of_this_program()->new_database();
    manner.takeover_after = "5s";
    manner.platform_state = "platform.state";
    return manner;
  }
  // As faketime(1) writes it: +3d, -1h, +0.
  static void set_clock(const Site& site, const std::string& offset) {
    const auto file = site.folder() / "clock", written = site.folder() / "clock.new";
    write_file(written, offset + "\n");
    std::filesystem::rename(written, file);
  }
  static ChildProcess::Environment environment(const Site& site) {
    return {{"LD_PRELOAD", faketime},
            {"FAKETIME_TIMESTAMP_FILE", (site.folder() / "clock").string()},
            {"FAKETIME_CACHE_DURATION", "1"},
            {"DONT_FAKE_MONOTONIC", "1"},
            {"FAKETIME_DONT_FAKE_MONOTONIC", "1"}};
  }
  static std::string corrected(std::string order) {
    const std::string before = "测试路1号", after = "测试路2号";
    return order.replace(order.find(before), before.size(), after);
  }
  static std::string app_time(const Seen& seen) {
    return std::string(seen.whole.at("document").at("OrderHead").at("appTime").as_string());
  }
  static std::chrono::hours ahead_by(const Site& site, const std::string& id) {
    const auto created = base::read_rfc3339(std::string(site.look(id).whole.at("created_at").as_string()));
    return std::chrono::round<std::chrono::hours>(created.value() - base::SystemClock().now());
  }
};

TEST_P(Clock, may_jump_forward_and_back_while_documents_come_in) {
  Site site(manner());
  set_clock(site, "+0");
  site.start_platform();
  site.start_gateway(environment(site));
  Promises promises(site);
  promises.post(10);
  const std::string waits = site.accepted("CEB311Message", order_document({.number = "W1~silent"}));
  site.wait_for_state(waits, "sent");

  set_clock(site, "+3d");
  std::this_thread::sleep_for(std::chrono::seconds(2));
  promises.post(10);
  EXPECT_EQ(ahead_by(site, promises.last_id()), std::chrono::hours(72)) << "the clock has not jumped";
  std::this_thread::sleep_for(silence_is_looked_for);
  EXPECT_EQ(site.look(waits).state, "sent") << "held for silence by a jump of the clock";
  EXPECT_THAT(site.gateway().err(), HasSubstr("the clock was set forward"));
  const std::string refused = site.accepted("CEB311Message", order_document({.number = "R1~100"}));
  site.wait_for_state(refused, "refused");
  site.kill_platform();
  promises.post(3);
  const std::string put_off = promises.last_id();
  site.wait_for_state(put_off, "deferred");

  // Not before the true time: libfaketime 0.9.10 then takes a timer that is due at once (of Boost.Asio: an absolute
  // time in the past) for one due when the machine has been up for as long as the clock is behind.
  set_clock(site, "+1h");
  std::this_thread::sleep_for(std::chrono::seconds(2));
  site.restart_platform();
  promises.post(10);
  EXPECT_EQ(ahead_by(site, promises.last_id()), std::chrono::hours(1)) << "the clock has not jumped";
  EXPECT_EQ(site.look(waits).state, "sent");
  promises.expect_all_kept(2);
  EXPECT_THAT(site.gateway().err(), HasSubstr("the clock was set back"));

  EXPECT_EQ(site.accepted("CEB311Message", corrected(order_document({.number = "R1~100"}))), refused);
  site.wait_until(refused, [](const Seen& seen) { return seen.version == 2 && seen.stage == "120"; });
  EXPECT_GT(app_time(site.look(refused, 2)), app_time(site.look(refused, 1))) << "customs would call it an old message";
}

INSTANTIATE_TEST_SUITE_P(OfTheMachine, Clock, testing::Values(Kind::sqlite, Kind::postgres), name_of);

}  // namespace
}  // namespace tests::app

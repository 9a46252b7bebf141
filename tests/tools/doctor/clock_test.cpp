// The machine's clock against a port's: the rule by itself, and with a server whose Date is wrong.
#include "tools/cebgate/doctor/clock.h"

#include "gateway/channels/hainan_http_look.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using namespace std::chrono_literals;
using namespace tools::cebgate::doctor;
using gateway::channels::read_http_date;
using testing::HasSubstr;

const base::Time noon = std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h;

// The port's Date against our clock as we asked, and as the answer came.
Finding judged(base::Time said, base::Time asked, base::Time answered) {
  gateway::channels::View view;
  view.clock = gateway::channels::ClockReading{said, asked, answered};
  config::Port port;
  port.name = "hainan";
  port.profile = "hainan-http";
  return judged_clock(port, view);
}

TEST(DoctorClock, PassesUpToTwoSeconds) {
  EXPECT_EQ(judged(noon, noon, noon).verdict, Verdict::pass);
  EXPECT_EQ(judged(noon, noon - 2s, noon - 2s).verdict, Verdict::pass);
  EXPECT_EQ(judged(noon, noon + 3s, noon + 3s).verdict, Verdict::pass);  // the second that Date names has lasted
}

TEST(DoctorClock, FailsBeyond) {
  const Finding behind = judged(noon, noon - 2001ms, noon - 2001ms);
  EXPECT_EQ(behind.verdict, Verdict::fail);
  EXPECT_THAT(behind.says.en, HasSubstr("at least 2.0 s behind"));
  const Finding ahead = judged(noon, noon + 3001ms, noon + 3001ms);
  EXPECT_EQ(ahead.verdict, Verdict::fail);
  EXPECT_THAT(ahead.says.en, HasSubstr("at least 2.0 s ahead of"));
  EXPECT_THAT(ahead.says.zh, HasSubstr("快至少 2.0 秒"));
}

TEST(DoctorClock, AllowsForTheTimeThatTheAnswerTook) {
  EXPECT_EQ(judged(noon, noon - 3s, noon - 1s).verdict, Verdict::pass);
  EXPECT_EQ(judged(noon, noon - 3s, noon - 999ms).verdict, Verdict::not_checkable);
}

TEST(DoctorClock, ReadsADateOfTheUsualFormOnly) {
  EXPECT_EQ(read_http_date("Sat, 31 Jan 2026 12:00:00 GMT"), noon);
  for (const char* text :
       {"", "Sat, 31 Jan 2026 12:00:00 UTC", "Sat, 31 Jan 2026 12:00:00", "Sat, 32 Jan 2026 12:00:00 GMT",
        "Sat, 31 Jam 2026 12:00:00 GMT", "Sat, 31 Jan 2026 24:00:00 GMT", "Sat, 31 Jan 2026 12:60:00 GMT",
        "Sat, 3x Jan 2026 12:00:00 GMT", "Saturday, 31-Jan-26 12:00:00 GMT", "2026-01-31T12:00:00Z         "}) {
    EXPECT_FALSE(read_http_date(text)) << text;
  }
}

class DoctorPortClock : public Site {
 protected:
  Row against(Behaviour behaviour) {
    const ListingServer other(std::move(behaviour));
    port_ = over_http(other.url());
    return row_about("clock");
  }
};

TEST_F(DoctorPortClock, PassesWithTheRealTime) { EXPECT_EQ(row_about("clock").verdict, "pass"); }

TEST_F(DoctorPortClock, FailsWhereThePortIsAnHourAheadOrBehind) {
  const Row behind = against({.ahead = 1h});
  EXPECT_EQ(behind.verdict, "fail");
  EXPECT_THAT(behind.en, HasSubstr(" s behind"));
  EXPECT_THAT(behind.to_do, HasSubstr("timedatectl"));
  EXPECT_EQ(status_, 1);
  EXPECT_THAT(against({.ahead = -1h}).en, HasSubstr(" s ahead of"));
}

TEST_F(DoctorPortClock, CannotBeComparedWithoutADateThatCanBeRead) {
  EXPECT_EQ(against({.date = ""}).verdict, "not_checkable");
  EXPECT_EQ(against({.date = "yesterday"}).verdict, "not_checkable");
  EXPECT_EQ(status_, 0);
}

TEST_F(DoctorPortClock, CannotBeComparedOverFoldersAndSaysWhy) {
  port_ = "[[port]]\nname = \"hainan\"\nprofile = \"directory\"\nout = \"out\"\nin = \"in\"\n";
  const Row row = row_about("clock");
  EXPECT_EQ(row.verdict, "not_checkable");
  EXPECT_THAT(row.en, HasSubstr("protocol tells no time"));
}

}  // namespace
}  // namespace tests::doctor

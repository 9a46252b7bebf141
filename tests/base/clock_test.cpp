#include "base/clock.h"

#include <cstdlib>
#include <ctime>
#include <gtest/gtest.h>

namespace {

using namespace std::chrono;

// 2026-01-31 09:30:00.123 in China.
constexpr base::Time moment = sys_days{January / 31 / 2026} + hours{1} + minutes{30} + milliseconds{123};

TEST(Clock, WritesChinaTimeWhateverTheHostsZone) {
  for (const char* zone : {"UTC", "America/New_York", "Asia/Shanghai"}) {
    setenv("TZ", zone, 1);
    tzset();
    EXPECT_EQ(base::china_digits14(moment), "20260131093000");
    EXPECT_EQ(base::china_digits17(moment), "20260131093000123");
    EXPECT_EQ(base::china_text(moment), "2026-01-31 09:30:00");
    EXPECT_EQ(base::rfc3339(moment), "2026-01-31T09:30:00.123+08:00");
  }
}

TEST(Clock, TurnsTheDayEightHoursBeforeUtc) {
  EXPECT_EQ(base::china_digits14(sys_days{January / 1 / 2026} - hours{8}), "20260101000000");
  EXPECT_EQ(base::china_digits14(sys_days{January / 1 / 2026} - hours{8} - seconds{1}), "20251231235959");
}

TEST(Clock, ReadsWhatItWrites) {
  EXPECT_EQ(base::read_china_digits("20260131093000123"), moment);
  EXPECT_EQ(base::read_china_digits("20260131093000"), floor<seconds>(moment));
  EXPECT_EQ(base::read_rfc3339(base::rfc3339(moment)), moment);
}

TEST(Clock, ReadsRfc3339WithAnyOffset) {
  for (const char* text : {"2026-01-31T01:30:00.123Z", "2026-01-31t01:30:00.123z", "2026-01-31T09:30:00.123+08:00",
                           "2026-01-30T20:00:00.123-05:30", "2026-01-31T01:30:00.123456789Z"}) {
    EXPECT_EQ(base::read_rfc3339(text), moment) << text;
  }
  EXPECT_EQ(base::read_rfc3339("2026-01-31T01:30:00.1Z"), floor<seconds>(moment) + milliseconds{100});
}

TEST(Clock, RefusesDigitsThatNameNoMoment) {
  for (const char* text :
       {"", "2026013109300", "202601310930001", "20260230093000", "20261301093000", "20260132093000", "20260131240000",
        "20260131096000", "20260131093060", "2026013109300a", "-0260131093000", "2026 131093000"}) {
    EXPECT_EQ(base::read_china_digits(text), std::nullopt) << text;
  }
}

TEST(Clock, RefusesTextThatIsNotRfc3339) {
  for (const char* text : {"", "2026-01-31", "2026-01-31T09:30:00", "2026-01-31 09:30:00Z", "2026-02-30T09:30:00Z",
                           "2026-01-31T09:30:00.Z", "2026-01-31T09:30:00+0800", "2026-01-31T09:30:00+24:00",
                           "2026-01-31T09:30:00.123", "2026/01/31T09:30:00Z"}) {
    EXPECT_EQ(base::read_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Clock, OfTheSystemIsNow) {
  const auto before = floor<milliseconds>(system_clock::now());
  const auto now = base::SystemClock().now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, system_clock::now());
}

}  // namespace

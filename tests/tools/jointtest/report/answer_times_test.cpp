#include "tools/jointtest/report/answer_times.h"

#include <gmock/gmock.h>

#include "tests/tools/jointtest/report/sample_run.h"
#include "tools/jointtest/report/chart.h"

namespace tests::jointtest {
namespace {

using namespace std::chrono_literals;
using namespace tools::jointtest;
using namespace tools::jointtest::report;
using std::chrono::milliseconds;

MessageResult answered(const std::string& type, milliseconds sent, milliseconds receipt,
                       std::optional<milliseconds> settled) {
  MessageResult message;
  message.type = type;
  message.accepted = at(1s);
  message.sent = at(1s + sent);
  message.receipts = {{at(5min), "", "", "", ""}, {at(1s + receipt), "", "", "", ""}};
  if (settled) message.settled = at(1s + *settled);
  return message;
}

RunResult run_of(std::vector<MessageResult> messages) {
  RunResult run;
  run.cases = {{"a", "a", "a", {}, Verdict::passed, {}, std::move(messages)}};
  return run;
}

TEST(AnswerTimes, AreCountedByTypeFromTheAcceptanceOn) {
  const auto times = answer_times(
      run_of({answered("CEB621Message", 10ms, 30ms, 700ms), answered("CEB311Message", 1ms, 2ms, 3ms),
              answered("CEB621Message", 40ms, 90ms, std::nullopt), answered("CEB621Message", 20ms, 50ms, 100ms)}));
  ASSERT_EQ(times.size(), 2u);
  EXPECT_EQ(times[0].type, "CEB311Message");
  EXPECT_EQ(times[1].documents, 3u);
  const auto& [sent, receipt, settled] = times[1].figures;
  ASSERT_TRUE(sent && receipt && settled);
  EXPECT_EQ(std::tuple(sent->count, sent->least, sent->median, sent->most), std::tuple(3u, 10ms, 20ms, 40ms));
  EXPECT_EQ(receipt->median, 50ms) << "the first receipt counts, wherever it stands";
  EXPECT_EQ(std::tuple(settled->count, settled->median), std::tuple(2u, 400ms)) << "the middle of two";
}

TEST(AnswerTimes, LeaveOutWhatDidNotHappenAndWhatLiesBeforeTheAcceptance) {
  MessageResult never = answered("CEB311Message", 1ms, 1ms, 1ms);
  never.accepted.reset();
  EXPECT_TRUE(answer_times(run_of({never})).empty());
  const auto times = answer_times(run_of({answered("CEB311Message", -1ms, 0ms, std::nullopt)}));
  ASSERT_EQ(times.size(), 1u);
  EXPECT_FALSE(times[0].figures[0]);
  EXPECT_EQ(times[0].figures[1]->most, 0ms);
  EXPECT_FALSE(times[0].figures[2]);
}

TEST(Axis, HasAtMostSixStepsToTheLongestTime) {
  for (const milliseconds longest : {1ms, 7ms, 999ms, 6000ms, 6001ms, milliseconds(61min), milliseconds(50h),
                                     milliseconds(24h * 6), milliseconds(24h * 6 + 1ms), milliseconds(24h * 4000)}) {
    const auto step = step_of_axis(longest);
    EXPECT_GE(step * 6, longest) << longest.count();
    EXPECT_LE(step * 2, std::max(longest * 3, milliseconds(2))) << longest.count() << ": much too coarse";
  }
  EXPECT_EQ(step_of_axis(6000ms), 1s);
  EXPECT_EQ(step_of_axis(6001ms), 2s);
}

TEST(Durations, AreWrittenInTheUnitsPeopleUse) {
  EXPECT_EQ(duration_text(0ms), "0 ms");
  EXPECT_EQ(duration_text(999ms), "999 ms");
  EXPECT_EQ(duration_text(1239ms), "1.23 s");
  EXPECT_EQ(duration_text(59999ms), "59.99 s") << "60 s would be a minute";
  EXPECT_EQ(duration_text(65s), "1 min 05 s");
  EXPECT_EQ(duration_text(2h + 10min + 59s), "2 h 10 min");
  EXPECT_EQ(duration_text(49h), "2 d 01 h");
  EXPECT_EQ(seconds_text(61007ms), "61.007");
}

}  // namespace
}  // namespace tests::jointtest

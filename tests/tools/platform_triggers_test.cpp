#include <gmock/gmock.h>

#include "tests/support/paths.h"
#include "tools/platform/scenario.h"
#include "tools/platform/schedule.h"
#include "tools/platform/triggers.h"

namespace tools::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(platform_triggers, a_number_without_a_tilde_asks_for_nothing) {
  const Triggers triggers = triggers_of_number("A1+twice");
  EXPECT_FALSE(triggers.twice);
  EXPECT_FALSE(triggers.code);
  EXPECT_THAT(triggers.unknown, IsEmpty());
}

TEST(platform_triggers, several_words_are_joined_by_plus) {
  const Triggers triggers = triggers_of_number("A1~late5+twice+100");
  EXPECT_EQ(triggers.late, seconds(5));
  EXPECT_TRUE(triggers.twice);
  EXPECT_EQ(triggers.code, "100");
  EXPECT_FALSE(triggers.silent);
}

TEST(platform_triggers, every_word_is_known) {
  const Triggers triggers =
      read_triggers("-301010+silent+backwards+foreign+garbled+half-written+lost-ack+mdn-wrong+mdn-late+http500");
  EXPECT_EQ(triggers.code, "-301010");
  EXPECT_TRUE(triggers.silent && triggers.backwards && triggers.foreign && triggers.garbled && triggers.half_written &&
              triggers.lost_ack && triggers.mdn_wrong && triggers.mdn_late);
  EXPECT_EQ(triggers.refusals, 1U);
  EXPECT_EQ(read_triggers("http500x3").refusals, 3U);
  EXPECT_EQ(read_triggers("reply3001").reply, "3001");
  EXPECT_TRUE(read_triggers("no-notices").no_notices);
  EXPECT_EQ(read_triggers("2,120@30,800").code, "2,120@30,800");
  EXPECT_EQ(read_triggers("confirm-lost").line, LineHarm::confirm_lost);
  EXPECT_EQ(read_triggers("dropped+twice").line, LineHarm::dropped);
}

TEST(platform_triggers, a_word_that_is_none_or_goes_over_a_limit_is_named) {
  EXPECT_THAT(read_triggers("lostack+late86401+http500x1001+12345678901+late+reply300+2,120@86401").unknown,
              ElementsAre("lostack", "late86401", "http500x1001", "12345678901", "late", "reply300", "2,120@86401"));
  EXPECT_THAT(read_triggers("late86400+http500x1000").unknown, IsEmpty());
}

TEST(platform_scenario, the_first_line_that_fits_the_key_takes_the_numbers_place) {
  const auto scenario = Scenario::parse("# slow ones\nCEB311Message/*/SLOW-?\tlate5\r\n*/SLOW-*\tsilent\n");
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario->triggers("CEB311Message/4601960001/SLOW-1", "SLOW-1").late, seconds(5));
  EXPECT_TRUE(scenario->triggers("CEB311Message/4601960001/SLOW-12", "SLOW-12").silent);
  EXPECT_TRUE(scenario->triggers("CEB311Message/4601960001/A~twice", "A~twice").twice);
}

TEST(platform_scenario, names_every_line_that_is_wrong) {
  const auto scenario = Scenario::parse("A twice\n\n*\tloud\n\ttwice\n*\t\n");
  ASSERT_FALSE(scenario);
  std::vector<int> lines;
  for (const base::Fault& fault : scenario.faults()) lines.push_back(fault.line);
  EXPECT_THAT(lines, ElementsAre(1, 3, 4, 5));
}

TEST(platform_scenario, a_third_column_is_the_text_of_the_final_status) {
  const auto scenario = Scenario::parse("A*\t100\t[Code:1300;Desc:a, b]\nB\t100\n");
  ASSERT_TRUE(scenario);
  EXPECT_EQ(scenario->triggers("A1", "A1").text, "[Code:1300;Desc:a, b]");
  EXPECT_EQ(scenario->triggers("B", "B").text, "");
  const auto wrong = Scenario::parse("A\ttwice\ttext\n");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.faults().front().line, 1);
}

TEST(platform_scenario, has_a_limit_on_its_lines) {
  std::string text;
  for (std::size_t i = 0; i < most_scenario_lines; ++i) text += "A\ttwice\n";
  EXPECT_TRUE(Scenario::parse(text));
  EXPECT_FALSE(Scenario::parse(text + "A\ttwice\n"));
}

TEST(platform_scenario, a_file_that_is_not_there_is_a_fault) {
  const tests::ScratchDirectory scratch;
  EXPECT_EQ(Scenario::read(scratch.path() / "none.tsv").faults().front().code, "scenario.read");
}

std::vector<milliseconds> paces(std::size_t count) { return std::vector(count, milliseconds(200)); }

std::vector<long> ready_times(const std::vector<Due>& dues) {
  std::vector<long> times;
  for (const Due& due : dues) times.push_back(due.received_at.time_since_epoch().count());
  return times;
}

TEST(platform_schedule, receipts_come_one_pace_apart) {
  const auto dues = schedule(paces(3), base::Time(milliseconds(1000)), {});
  EXPECT_THAT(ready_times(dues), ElementsAre(1200, 1400, 1600));
}

TEST(platform_schedule, a_late_receipt_keeps_the_time_at_which_it_was_made) {
  const auto dues = schedule(paces(1), base::Time(milliseconds(1000)), read_triggers("late5"));
  ASSERT_EQ(dues.size(), 1U);
  EXPECT_EQ(dues[0].returned_at, base::Time(milliseconds(1200)));
  EXPECT_EQ(dues[0].received_at, base::Time(milliseconds(6200)));
}

TEST(platform_schedule, twice_shows_every_receipt_again_a_little_later) {
  EXPECT_THAT(ready_times(schedule(paces(2), base::Time(), read_triggers("twice"))), ElementsAre(200, 300, 400, 500));
  EXPECT_THAT(ready_times(schedule(std::vector{milliseconds(0)}, base::Time(), read_triggers("twice"))),
              ElementsAre(0, 1));
}

TEST(platform_schedule, backwards_shows_the_last_receipt_first_and_none_before_it_was_made) {
  const auto dues = schedule(paces(3), base::Time(), read_triggers("backwards"));
  EXPECT_THAT(ready_times(dues), ElementsAre(1000, 800, 600));
  for (const Due& due : dues) EXPECT_GE(due.received_at, due.returned_at);
}

}  // namespace
}  // namespace tools::platform

// How far back a source is asked.
#include "gateway/receipts/windows.h"

#include <gtest/gtest.h>
#include <string>

namespace tests {
namespace {

using gateway::receipts::Windows;
using namespace std::chrono_literals;

const base::Time noon{std::chrono::seconds(1'700'000'000)};

TEST(Windows, each_question_reaches_back_by_the_overlap) {
  Windows windows(120s, 2s);
  for (int poll = 0; poll < 9; ++poll) {
    EXPECT_EQ(windows.reach(noon + poll * 2s), 120s);
    windows.listed(Windows::much);
  }
}

TEST(Windows, where_very_much_is_listed_most_questions_reach_back_a_little) {
  Windows windows(120s, 2s);
  EXPECT_EQ(windows.reach(noon), 120s);
  windows.listed(Windows::much + 1);
  for (int poll = 1; poll < 15; ++poll) {
    EXPECT_EQ(windows.reach(noon + poll * 2s), 10s) << poll;
    windows.listed(3);  // of a part it says nothing
  }
  EXPECT_EQ(windows.reach(noon + 30s), 120s);
  windows.listed(5);
  EXPECT_EQ(windows.reach(noon + 32s), 120s) << "it is no longer much";
}

TEST(Windows, a_clock_that_was_set_back_gives_a_whole_look) {
  Windows windows(120s, 2s);
  windows.reach(noon);
  windows.listed(Windows::much + 1);
  EXPECT_EQ(windows.reach(noon - 3600s), 120s);
}

TEST(Windows, a_little_is_never_more_than_the_overlap) {
  Windows windows(3s, 2s);
  windows.reach(noon);
  windows.listed(Windows::much + 1);
  EXPECT_EQ(windows.reach(noon + 100ms), 3s);
}

TEST(Windows, what_was_kept_is_known_for_two_whole_looks) {
  const std::string one(64, 'a'), other = std::string(32, 'a') + std::string(32, 'b'),
                                  third = "0" + std::string(63, 'a');
  Windows windows(120s, 2s);
  windows.reach(noon);
  EXPECT_FALSE(windows.is_kept(one));
  windows.kept(one);
  EXPECT_TRUE(windows.is_kept(one));
  EXPECT_TRUE(windows.is_kept(other)) << "128 bits tell records apart";
  EXPECT_FALSE(windows.is_kept(third));
  windows.reach(noon + 2s);
  EXPECT_TRUE(windows.is_kept(one));
  windows.reach(noon + 4s);
  EXPECT_FALSE(windows.is_kept(one));
}

}  // namespace
}  // namespace tests

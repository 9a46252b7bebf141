#include "gateway/lifecycle/retry.h"

#include <gtest/gtest.h>

namespace gateway::lifecycle {
namespace {

using namespace std::chrono_literals;

TEST(Retry, pauses_double_up_to_an_hour) {
  EXPECT_EQ(pause_after(1, {20s}, 0.0), 10s);
  EXPECT_EQ(pause_after(2, {20s}, 0.0), 20s);
  EXPECT_EQ(pause_after(3, {20s}, 0.0), 40s);
  EXPECT_EQ(pause_after(8, {20s}, 0.0), 1280s);
  EXPECT_EQ(pause_after(9, {20s}, 0.0), 30min);
  EXPECT_EQ(pause_after(1'000'000'000, {20s}, 0.0), 30min);
}

TEST(Retry, jitter_spreads_the_upper_half) {
  EXPECT_EQ(pause_after(2, {5s}, 0.0), 5s);
  EXPECT_EQ(pause_after(2, {5s}, 0.5), 7500ms);
  EXPECT_LT(pause_after(2, {5s}, 0.999), 10s);
  EXPECT_GE(pause_after(2, {5s}, 0.999), 9990ms);
}

TEST(Retry, a_first_pause_over_the_longest_is_the_longest) { EXPECT_EQ(pause_after(1, {5h}, 0.0), 30min); }

TEST(Retry, another_longest_pause_is_kept) {
  EXPECT_EQ(pause_after(6, {1s, 60s}, 0.0), 16s);
  EXPECT_EQ(pause_after(7, {1s, 60s}, 0.0), 30s);
  EXPECT_EQ(pause_after(1'000'000'000, {1s, 60s}, 0.0), 30s);
}

TEST(Retry, tries_end_five_days_after_the_first) {
  const base::Time first{base::Time::duration(1'700'000'000'000)};
  EXPECT_EQ(next_try(first, first + 1s, 1, 5s, 0.0), first + 3500ms);
  EXPECT_TRUE(next_try(first, first + tries_end_after - 1ms, 100, 5s, 0.0));
  EXPECT_FALSE(next_try(first, first + tries_end_after, 100, 5s, 0.0));
  EXPECT_FALSE(tries_are_over(first, first + tries_end_after - 1ms));
  EXPECT_TRUE(tries_are_over(first, first + tries_end_after));
}

}  // namespace
}  // namespace gateway::lifecycle

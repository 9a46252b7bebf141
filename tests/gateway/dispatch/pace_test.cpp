#include "gateway/dispatch/pace.h"

#include <gtest/gtest.h>

namespace gateway::dispatch {
namespace {

void confirm(Pace& pace, std::size_t times, std::size_t under_way) {
  for (std::size_t i = 0; i < times; ++i) pace.confirmed(under_way);
}

TEST(Pace, begins_at_eight_or_at_what_the_port_allows) {
  EXPECT_EQ(Pace(32).limit(), 8U);
  EXPECT_EQ(Pace(3).limit(), 3U);
  EXPECT_EQ(Pace(0).limit(), 1U);
}

TEST(Pace, grows_by_one_after_as_many_confirmed_as_the_limit) {
  Pace pace(32);
  confirm(pace, 7, 8);
  EXPECT_EQ(pace.limit(), 8U);
  confirm(pace, 1, 8);
  EXPECT_EQ(pace.limit(), 9U);
  confirm(pace, 8, 9);
  EXPECT_EQ(pace.limit(), 9U);
  confirm(pace, 1, 9);
  EXPECT_EQ(pace.limit(), 10U);
}

TEST(Pace, grows_only_while_more_than_half_of_the_limit_is_in_use) {
  Pace pace(32);
  confirm(pace, 1000, 4);
  EXPECT_EQ(pace.limit(), 8U);
  confirm(pace, 8, 5);
  EXPECT_EQ(pace.limit(), 9U);
}

TEST(Pace, never_grows_over_the_most) {
  Pace pace(9);
  confirm(pace, 1000, 9);
  EXPECT_EQ(pace.limit(), 9U);
}

TEST(Pace, halves_with_each_failure_down_to_one_and_grows_from_there) {
  Pace pace(32);
  for (const std::size_t limit : {4U, 2U, 1U, 1U}) {
    pace.failed(pace.begin());
    EXPECT_EQ(pace.limit(), limit);
  }
  confirm(pace, 1, 1);
  EXPECT_EQ(pace.limit(), 2U);
}

TEST(Pace, what_is_allowed_anew_holds_at_once) {
  Pace pace(32);
  pace.allow(3);
  EXPECT_EQ(pace.limit(), 3U);
  confirm(pace, 1000, 3);
  EXPECT_EQ(pace.limit(), 3U);
  pace.allow(32);
  confirm(pace, 3, 3);
  EXPECT_EQ(pace.limit(), 4U);
  pace.allow(0);
  EXPECT_EQ(pace.limit(), 1U);
}

TEST(Pace, failures_of_one_trouble_are_one_cut) {
  Pace pace(32);
  const auto first = pace.begin(), second = pace.begin();
  pace.failed(first);
  pace.failed(second);
  EXPECT_EQ(pace.limit(), 4U);
  pace.failed(pace.begin());
  EXPECT_EQ(pace.limit(), 2U);
}

TEST(Pace, what_was_confirmed_before_a_failure_does_not_count) {
  Pace pace(32);
  confirm(pace, 7, 8);
  pace.failed(pace.begin());
  confirm(pace, 3, 4);
  EXPECT_EQ(pace.limit(), 4U);
}

}  // namespace
}  // namespace gateway::dispatch

#include "gateway/dispatch/breaker.h"

#include <gtest/gtest.h>

namespace gateway::dispatch {
namespace {

using namespace std::chrono_literals;
using enum BreakerState;
using Failure = Breaker::Failure;
using Leave = Breaker::Leave;
using Turned = Breaker::Turned;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} + 12h};
constexpr double longest = 1.0;  // jitter: the whole pause

class Opened : public testing::Test {
 protected:
  Opened() {
    for (int i = 0; i < 5; ++i) breaker.failed(breaker.begin(), Failure::unreachable, noon, longest);
  }
  Breaker breaker;
};

TEST(Breaker, opens_with_the_fifth_failure_in_a_row) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(breaker.failed(breaker.begin(), Failure::unreachable, noon, longest),
              i == 0 ? Turned::first : Turned::no);
  }
  EXPECT_EQ(breaker.state(), closed);
  EXPECT_TRUE(breaker.admits(noon));
  EXPECT_EQ(breaker.failed(breaker.begin(), Failure::unreachable, noon, longest), Turned::opened);
  EXPECT_EQ(breaker.state(), open);
  EXPECT_FALSE(breaker.admits(noon));
}

TEST(Breaker, an_answer_between_begins_another_row) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(breaker.begin(), Failure::unreachable, noon, longest);
  EXPECT_FALSE(breaker.answered());
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(breaker.failed(breaker.begin(), Failure::unreachable, noon, longest),
              i == 0 ? Turned::first : Turned::no);
  }
  EXPECT_EQ(breaker.state(), closed);
}

TEST_F(Opened, admits_one_probe_after_a_second_and_nothing_beside_it) {
  EXPECT_FALSE(breaker.admits(noon + 999ms));
  ASSERT_TRUE(breaker.admits(noon + 1s));
  EXPECT_EQ(breaker.begin(), Leave::probe);
  EXPECT_EQ(breaker.state(), half_open);
  EXPECT_FALSE(breaker.admits(noon + 1h));
}

TEST_F(Opened, pauses_between_probes_double_up_to_a_minute) {
  base::Time now = noon;
  for (const auto pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    EXPECT_FALSE(breaker.admits(now + pause - 1ms));
    now += pause;
    ASSERT_TRUE(breaker.admits(now));
    EXPECT_EQ(breaker.failed(breaker.begin(), Failure::unreachable, now, longest), Turned::no)
        << "one line for one trouble";
    EXPECT_EQ(breaker.state(), open);
  }
}

TEST_F(Opened, a_port_that_takes_bytes_and_does_not_answer_is_probed_every_second) {
  base::Time now = noon + 1s;
  breaker.failed(breaker.begin(), Failure::unreachable, now, longest);
  EXPECT_EQ(breaker.next_probe(), now + 2s);
  for (int i = 0; i < 3; ++i) {
    now = breaker.next_probe();
    breaker.failed(breaker.begin(), Failure::unanswered, now, longest);
    EXPECT_EQ(breaker.next_probe(), now + 1s);
  }
  breaker.failed(breaker.begin(), Failure::unreachable, now + 1s, longest);
  EXPECT_EQ(breaker.next_probe(), now + 3s) << "away again";
}

TEST_F(Opened, jitter_shortens_a_pause_by_up_to_half) {
  breaker.failed(breaker.begin(), Failure::unreachable, noon + 1s, 0.0);
  EXPECT_EQ(breaker.next_probe(), noon + 2s);
}

TEST_F(Opened, the_probes_answer_closes_it_and_tells_how_long_it_was_and_how_many_failed) {
  breaker.failed(breaker.begin(), Failure::unreachable, noon + 1s, longest);
  breaker.begin();
  const auto trouble = breaker.answered();
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->since, noon);
  EXPECT_EQ(trouble->failed, 6U);
  EXPECT_EQ(breaker.state(), closed);
  EXPECT_FALSE(breaker.answered()) << "told once";
}

TEST_F(Opened, the_next_trouble_begins_with_the_first_pause_again) {
  breaker.failed(breaker.begin(), Failure::unreachable, noon + 1s, longest);
  breaker.answered();
  for (int i = 0; i < 5; ++i) breaker.failed(breaker.begin(), Failure::unreachable, noon + 1h, longest);
  EXPECT_EQ(breaker.next_probe(), noon + 1h + 1s);
}

TEST_F(Opened, what_was_under_way_and_fails_late_only_counts) {
  EXPECT_EQ(breaker.failed(Leave::ordinary, Failure::unreachable, noon + 30s, longest), Turned::no);
  EXPECT_EQ(breaker.next_probe(), noon + 1s);
  breaker.begin();
  breaker.failed(Leave::ordinary, Failure::unreachable, noon + 31s, longest);
  EXPECT_EQ(breaker.state(), half_open);
  EXPECT_EQ(breaker.answered()->failed, 7U);
}

TEST_F(Opened, what_was_under_way_and_is_answered_late_closes_it) {
  EXPECT_TRUE(breaker.answered());
  EXPECT_EQ(breaker.state(), closed);
}

TEST_F(Opened, a_probe_that_was_not_sent_leaves_the_next_one_to_be_sent_at_once) {
  const auto leave = breaker.begin();
  breaker.not_sent(leave);
  EXPECT_EQ(breaker.state(), open);
  EXPECT_TRUE(breaker.admits(noon + 1s));
}

TEST_F(Opened, a_clock_that_is_set_back_does_not_keep_it_open) { EXPECT_TRUE(breaker.admits(noon - 1h)); }

}  // namespace
}  // namespace gateway::dispatch

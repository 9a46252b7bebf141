#include "gateway/lifecycle/notices.h"

#include <gtest/gtest.h>

#include "gateway/lifecycle/retry.h"

namespace gateway::lifecycle {
namespace {

using namespace std::chrono_literals;

const base::Time made{base::Time::duration(1'700'000'000'000)};

NoticeStep step(std::optional<unsigned> status, int tries = 1, base::Time now = made + 1s) {
  return after_notice({made, tries, status}, now, 0.0);
}

TEST(Notices, are_heard_by_any_2xx) {
  for (const unsigned status : {200U, 202U, 204U, 299U}) EXPECT_EQ(step(status).to, NoticeState::heard) << status;
}

TEST(Notices, are_given_up_at_once_where_nobody_wants_them_any_more) { EXPECT_EQ(step(410).to, NoticeState::unheard); }

TEST(Notices, are_tried_again_after_any_other_answer_and_after_none) {
  for (const std::optional<unsigned> status : {std::optional<unsigned>(), std::optional(301U), std::optional(302U),
                                               std::optional(400U), std::optional(404U), std::optional(500U)}) {
    const NoticeStep after = step(status);
    EXPECT_EQ(after.to, NoticeState::waiting);
    EXPECT_EQ(after.due, made + 1s + pause_after(1, {first_pause}, 0.0));
  }
}

TEST(Notices, are_tried_with_growing_pauses_for_five_days) {
  EXPECT_EQ(step(500, 3, made + 60s).due, made + 60s + pause_after(3, {first_pause}, 0.0));
  EXPECT_EQ(step(500, 99, made + tries_end_after - 1ms).to, NoticeState::waiting);
  EXPECT_EQ(step(500, 99, made + tries_end_after).to, NoticeState::unheard);
  EXPECT_EQ(step(200, 99, made + tries_end_after).to, NoticeState::heard);
}

TEST(Notices, have_states_that_are_read_as_they_are_written) {
  for (const auto state : {NoticeState::waiting, NoticeState::heard, NoticeState::unheard}) {
    EXPECT_EQ(read_notice_state(word(state)), state);
  }
  EXPECT_FALSE(read_notice_state("lost"));
}

}  // namespace
}  // namespace gateway::lifecycle

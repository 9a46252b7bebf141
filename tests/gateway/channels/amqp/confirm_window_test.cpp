#include "gateway/channels/amqp/confirm_window.h"

#include <gmock/gmock.h>

namespace {

using gateway::channels::amqp::ConfirmWindow;
using gateway::channels::amqp::Reach;
using gateway::channels::amqp::Settled;
using gateway::channels::amqp::Settlement;
using gateway::channels::amqp::Word;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::uint64_t> numbers(const std::vector<Settled>& all) {
  std::vector<std::uint64_t> found;
  for (const Settled& one : all) found.push_back(one.number);
  return found;
}

class Window : public testing::Test {
 protected:
  Window() {
    for (const char* id : {"A", "B", "C", "D"}) window_.publish(id);
  }
  ConfirmWindow window_;
};

TEST_F(Window, CountsFromOneAsTheBrokerDoes) {
  EXPECT_EQ(window_.publish("E"), 5U);
  EXPECT_EQ(window_.open(), 5U);
}

TEST_F(Window, AnAckSettlesOneOrAllUpToIt) {
  EXPECT_THAT(numbers(window_.settle(3, Reach::this_one, Word::ack)), ElementsAre(3));
  EXPECT_THAT(numbers(window_.settle(4, Reach::all_up_to_it, Word::ack)), ElementsAre(1, 2, 4));
  EXPECT_EQ(window_.open(), 0U);
}

TEST_F(Window, ZeroMeansAll) {
  EXPECT_THAT(numbers(window_.settle(0, Reach::all_up_to_it, Word::ack)), ElementsAre(1, 2, 3, 4));
}

TEST_F(Window, WhatIsNotOpenIsPassedOver) {
  window_.settle(2, Reach::this_one, Word::ack);
  EXPECT_THAT(window_.settle(2, Reach::this_one, Word::ack), IsEmpty());
  EXPECT_THAT(window_.settle(9, Reach::this_one, Word::ack), IsEmpty());
  window_.returned("nobody's", "312 NO_ROUTE");
  EXPECT_EQ(window_.open(), 3U);
}

TEST_F(Window, AnAckAfterAReturnMeansThatNoQueueTookIt) {
  window_.returned("B", "312 NO_ROUTE");
  const auto settled = window_.settle(3, Reach::all_up_to_it, Word::ack);
  ASSERT_EQ(settled.size(), 3U);
  EXPECT_EQ(settled[0].settlement, Settlement::confirmed);
  EXPECT_EQ(settled[1].settlement, Settlement::returned);
  EXPECT_EQ(settled[1].words, "312 NO_ROUTE");
  EXPECT_EQ(settled[2].settlement, Settlement::confirmed);
}

TEST_F(Window, TheSameMessageTwiceIsReturnedOnceForEach) {
  window_.publish("A");
  window_.returned("A", "first");
  window_.returned("A", "second");
  const auto settled = window_.settle(0, Reach::all_up_to_it, Word::ack);
  EXPECT_EQ(settled.front().words, "first");
  EXPECT_EQ(settled.back().words, "second");
}

TEST_F(Window, ANackTakesNothing) {
  const auto settled = window_.settle(2, Reach::all_up_to_it, Word::nack);
  ASSERT_EQ(settled.size(), 2U);
  EXPECT_EQ(settled[0].settlement, Settlement::not_taken);
  EXPECT_EQ(settled[1].settlement, Settlement::not_taken);
}

TEST_F(Window, ALostChannelLeavesWhatWasOpenAndCountsAnew) {
  window_.settle(2, Reach::this_one, Word::ack);
  EXPECT_THAT(window_.lose(), ElementsAre(1, 3, 4));
  EXPECT_EQ(window_.publish("E"), 1U);
}

}  // namespace

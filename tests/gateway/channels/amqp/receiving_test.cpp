#include "gateway/channels/amqp/consumer.h"
#include "tests/gateway/channels/queues/site.h"

namespace {

using gateway::channels::amqp::Consumer;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class AmqpReceiving : public tests::AmqpSite {
 protected:
  // Until as many are there; what comes takes its time.
  std::vector<std::string> bodies_once(std::size_t count) {
    std::vector<std::string> found;
    tests::eventually([&] {
      found = bodies();
      return found.size() >= count;
    });
    return found;
  }
};

TEST_F(AmqpReceiving, WaitsForTheFirstRecordAndNoLongerThanItMay) {
  EXPECT_THAT(bodies(), IsEmpty());
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THAT(bodies(), IsEmpty());
  const auto waited = std::chrono::steady_clock::now() - begun;
  EXPECT_GE(waited, gateway::channels::longest_wait - std::chrono::milliseconds(50));
  put("late");
  EXPECT_THAT(bodies_once(1), ElementsAre("late"));
}

TEST_F(AmqpReceiving, WhatIsNotAcknowledgedStandsOnTheQueueAfterAStop) {
  put("kept");
  EXPECT_THAT(bodies_once(1), ElementsAre("kept"));
  channel_.reset();
  EXPECT_TRUE(tests::eventually([this] { return desk_->count(out_) == 1; }));
  EXPECT_THAT(bodies_once(1), ElementsAre("kept"));
}

TEST_F(AmqpReceiving, WhatWasAcknowledgedJustBeforeAStopIsOffTheQueue) {
  for (int i = 0; i < 50; ++i) put(std::to_string(i));
  EXPECT_THAT(bodies_once(50), SizeIs(50));
  acknowledge();
  channel_.reset();
  EXPECT_TRUE(tests::eventually([this] { return desk_->consumers(out_) == 0; }));
  EXPECT_EQ(desk_->count(out_), 0U);
}

TEST_F(AmqpReceiving, GivesALongQueuePieceByPieceAndAllOfIt) {
  constexpr std::size_t count = 1203;  // more than most_records
  for (std::size_t i = 0; i < count; ++i) put(std::to_string(i));
  std::vector<std::string> all;
  tests::eventually([&] {
    const auto some = bodies();
    EXPECT_LE(some.size(), gateway::channels::most_records);
    all.insert(all.end(), some.begin(), some.end());
    acknowledge();
    return all.size() >= count;
  });
  ASSERT_EQ(all.size(), count);
  for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(all[i], std::to_string(i));
}

TEST_F(AmqpReceiving, AnAbsentQueueIsNamedAndReadOnceItIsThere) {
  desk_->remove_queue(out_);
  const auto received = receive();
  ASSERT_FALSE(received);
  EXPECT_EQ(received.faults().front().code, "amqp.queue");
  EXPECT_THAT(received.faults().front().en, AllOf(HasSubstr(out_), HasSubstr("404"), HasSubstr("declare it")));
  desk_->declare_queue(out_);
  put("now");
  EXPECT_TRUE(tests::eventually([this] {
    const auto now = receive();
    return now && now->size() == 1;
  }));
}

TEST_F(AmqpReceiving, AQueueThatIsRemovedMeanwhileIsNamed) {
  EXPECT_THAT(bodies(), IsEmpty());
  desk_->remove_queue(out_);
  std::string said;
  EXPECT_TRUE(tests::eventually([&] {
    const auto received = receive();
    if (!received) said = received.faults().front().en;
    return !received;
  }));
  EXPECT_THAT(said, HasSubstr(out_));
  desk_->declare_queue(out_);
}

TEST_F(AmqpReceiving, AQueueThatIsAbsentKeepsNoOtherFromBeingRead) {
  put("mine");
  EXPECT_FALSE(run(channel().receive({channel().sources().front().name, "DXPENT0000000002", base::Time{}})));
  EXPECT_THAT(bodies_once(1), ElementsAre("mine"));
}

// The wire itself, with smaller limits.
class AmqpConsumer : public tests::AmqpSite {
 protected:
  std::vector<std::string> bodies_of(Consumer& consumer) {
    auto found = run(consumer.receive(out_));
    if (found) return *std::move(found);
    troubles_.push_back(found.faults().front().en);
    return {};
  }
  std::vector<std::string> troubles_;
};

TEST_F(AmqpConsumer, LeavesAQueueThatNobodyAsksAboutSoThatItsMessagesGoToOthers) {
  Consumer first(settings(),
                 {.longest_wait = std::chrono::seconds(1), .most_messages = 10, .left_after = std::chrono::seconds(2)});
  put("a");
  EXPECT_TRUE(tests::eventually([&] { return bodies_of(first).size() == 1; }));
  EXPECT_EQ(desk_->consumers(out_), 1U);
  EXPECT_TRUE(tests::eventually([&] { return desk_->consumers(out_) == 0; }));
  EXPECT_TRUE(tests::eventually([&] { return desk_->count(out_) == 1; }));
  first.acknowledge(out_);  // of a channel that is gone
  EXPECT_TRUE(tests::eventually([&] { return bodies_of(first).size() == 1; }));
}

TEST_F(AmqpConsumer, TakesAMessageAtItsLimitAndLeavesOneOverItOnTheQueue) {
  Consumer consumer(settings(), {.longest_wait = std::chrono::seconds(1), .most_messages = 10, .most_bytes = 200000});
  put(std::string(200001, 'x'));
  put(std::string(200000, 'y'));
  std::vector<std::string> found;
  EXPECT_TRUE(tests::eventually([&] {
    found = bodies_of(consumer);
    return !found.empty();
  }));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].size(), 200000U);
  EXPECT_TRUE(found[0].front() == 'y');
  consumer.acknowledge(out_);
  ASSERT_FALSE(troubles_.empty());
  EXPECT_THAT(troubles_.front(), AllOf(HasSubstr("200001"), HasSubstr("stays on the queue")));
}

TEST_F(AmqpConsumer, HoldsNoMoreThanItMayAndLosesNothingByThat) {
  Consumer consumer(settings(), {.longest_wait = std::chrono::seconds(1), .most_messages = 10, .most_bytes = 1000});
  std::set<char> expected, found;
  for (char c = 'a'; c <= 'j'; ++c) {
    put(std::string(400, c));
    expected.insert(c);
  }
  EXPECT_TRUE(tests::eventually([&] {
    const auto some = bodies_of(consumer);
    EXPECT_LE(some.size(), 2U);
    for (const std::string& one : some) found.insert(one.front());
    consumer.acknowledge(out_);
    return found == expected;
  }));
  EXPECT_THAT(troubles_, IsEmpty());
}

}  // namespace

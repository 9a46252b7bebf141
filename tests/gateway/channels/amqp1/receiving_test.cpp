#include "gateway/channels/amqp1/consumer.h"
#include "tests/gateway/channels/queues/site.h"

namespace {

using gateway::channels::amqp1::Consumer;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Amqp1Receiving : public tests::AmqpSite {
 protected:
  config::Port settings() const override { return over_amqp1(); }

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

TEST_F(Amqp1Receiving, WhatIsNotAcknowledgedStandsOnTheQueueAfterAStop) {
  put("kept");
  EXPECT_THAT(bodies_once(1), ElementsAre("kept"));
  channel_.reset();
  EXPECT_TRUE(tests::eventually([this] { return desk_->count(out_) == 1; }));
  EXPECT_THAT(bodies_once(1), ElementsAre("kept"));
}

TEST_F(Amqp1Receiving, WhatWasAcknowledgedJustBeforeAStopIsOffTheQueue) {
  for (int i = 0; i < 50; ++i) put(std::to_string(i));
  EXPECT_THAT(bodies_once(50), SizeIs(50));
  acknowledge();
  channel_.reset();
  EXPECT_TRUE(tests::eventually([this] { return desk_->consumers(out_) == 0; }));
  EXPECT_EQ(desk_->count(out_), 0U);
}

TEST_F(Amqp1Receiving, GivesALongQueuePieceByPieceAndAllOfIt) {
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

TEST_F(Amqp1Receiving, AnAddressThatCannotBeIsNamedAndKeepsNoOtherFromBeingRead) {
  config::Port port = settings();
  port.queues.queue = "/amq" + port.queues.queue;  // of queues that are there
  open(port);
  put("mine");
  const auto received = run(channel().receive({channel().sources().front().name, "DXPENT0000000002", base::Time{}}));
  ASSERT_FALSE(received);
  EXPECT_EQ(received.faults().front().code, "amqp.queue");
  EXPECT_THAT(received.faults().front().en, AllOf(HasSubstr("DXPENT0000000002"), HasSubstr("declare it")));
  EXPECT_THAT(bodies_once(1), ElementsAre("mine"));
}

// The wire itself, with smaller limits.
class Amqp1Consumer : public Amqp1Receiving {
 protected:
  std::vector<std::string> bodies_of(Consumer& consumer) {
    auto found = run(consumer.receive("/queue/" + out_));
    if (found) return *std::move(found);
    troubles_.push_back(found.faults().front().en);
    return {};
  }
  std::vector<std::string> troubles_;
};

TEST_F(Amqp1Consumer, LeavesAQueueThatNobodyAsksAboutSoThatItsMessagesGoToOthers) {
  Consumer first(settings(),
                 {.longest_wait = std::chrono::seconds(1), .most_messages = 10, .left_after = std::chrono::seconds(2)});
  put("a");
  EXPECT_TRUE(tests::eventually([&] { return bodies_of(first).size() == 1; }));
  EXPECT_EQ(desk_->consumers(out_), 1U);
  EXPECT_TRUE(tests::eventually([&] { return desk_->consumers(out_) == 0; }));
  EXPECT_TRUE(tests::eventually([&] { return desk_->count(out_) == 1; }));
  first.acknowledge("/queue/" + out_);  // of a link that is gone
  EXPECT_TRUE(tests::eventually([&] { return bodies_of(first).size() == 1; }));
}

TEST_F(Amqp1Consumer, TakesAMessageAtItsLimitAndLeavesOneOverItOnTheQueue) {
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
  consumer.acknowledge("/queue/" + out_);
  ASSERT_FALSE(troubles_.empty());
  EXPECT_THAT(troubles_.front(), AllOf(HasSubstr("200001"), HasSubstr("stays on the queue")));
}

TEST_F(Amqp1Consumer, HoldsNoMoreThanItMayAndLosesNothingByThat) {
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
    consumer.acknowledge("/queue/" + out_);
    return found == expected;
  }));
  EXPECT_THAT(troubles_, IsEmpty());
}

}  // namespace

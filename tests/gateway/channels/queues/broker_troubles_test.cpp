#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <set>
#include <thread>

#include "tests/gateway/channels/queues/site.h"

namespace {

using gateway::channels::Outcome;
using testing::HasSubstr;
using testing::IsEmpty;

enum class End { stopped, killed };
enum class Over { amqp, amqp1 };

// The broker goes away in the middle of a run and comes back with its data.
class BrokerTroubles : public tests::AmqpSite, public testing::WithParamInterface<std::tuple<Over, End>> {
 protected:
  config::Port settings() const override {
    return std::get<Over>(GetParam()) == Over::amqp ? over_amqp() : over_amqp1();
  }

  void restart_broker() {
    if (std::get<End>(GetParam()) == End::killed) {
      rabbit_->kill();
    } else {
      rabbit_->stop();
    }
    rabbit_->start();
    desk_.emplace(rabbit_->login());
  }

  static boost::asio::awaitable<void> pause(std::chrono::milliseconds length) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, length);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }

  // The same bytes again, as the gateway does it, until they are confirmed.
  static boost::asio::awaitable<void> send_until_confirmed(BrokerTroubles& self, std::string guid) {
    for (;;) {
      const auto answer = co_await self.channel().send(self.message(guid));
      if (answer.outcome == Outcome::confirmed) break;
      if (answer.outcome == Outcome::unknown) self.unknown_.insert(guid);
      EXPECT_NE(answer.outcome, Outcome::refused) << answer.text;
      co_await pause(std::chrono::milliseconds(200));
    }
    self.promised_.insert(guid);
  }

  // Until the broker is back, and so many at least.
  static boost::asio::awaitable<void> send_many(BrokerTroubles& self, std::string sender, int least) {
    for (int i = 0; i < least || !self.is_back_; ++i) {
      co_await send_until_confirmed(self, sender + "-" + std::to_string(i));
    }
  }

  std::map<std::string, int> on_the_queue() {
    std::map<std::string, int> found;
    while (const auto message = desk_->take(in_)) ++found[message->message_id];
    return found;
  }

  // An acknowledgement that the broker was too slow to take before the channel closed is said again by the next one.
  bool is_empty_without_us() {
    channel_.reset();
    EXPECT_TRUE(tests::eventually([this] { return desk_->consumers(out_) == 0; }));
    if (desk_->count(out_) == 0) return true;
    if (receive()) acknowledge();
    return false;
  }

  std::set<std::string> promised_, unknown_;
  std::atomic<bool> is_back_{false};
};

TEST_P(BrokerTroubles, EveryMessageThatWasPromisedIsOnTheQueueAndOnlyUnknownOnesMayBeTwice) {
  constexpr int senders = 16, each = 100;
  context_.restart();
  for (int i = 0; i < senders; ++i) {
    boost::asio::co_spawn(context_, send_many(*this, "SENDER-" + std::to_string(i), each), boost::asio::use_future);
  }
  std::thread trouble([this] {
    tests::eventually([this] { return tests::BareAmqp(rabbit_->login()).count(in_) > 200; });
    restart_broker();
    is_back_ = true;
  });
  context_.run();
  trouble.join();
  const auto found = on_the_queue();
  EXPECT_GE(promised_.size(), static_cast<std::size_t>(senders * each));
  EXPECT_EQ(found.size(), promised_.size());
  int twice = 0;
  for (const auto& [guid, count] : found) {
    if (count == 1) continue;
    ++twice;
    EXPECT_TRUE(unknown_.contains(guid)) << guid << " is there " << count << " times";
  }
  std::cout << "promised " << promised_.size() << ", on the queue " << found.size() << ", unknown " << unknown_.size()
            << ", twice " << twice << "\n";
}

TEST_P(BrokerTroubles, EveryRecordIsGivenAndTheQueueIsEmptyInTheEnd) {
  constexpr int count = 1000;
  for (int i = 0; i < count; ++i) put(std::to_string(i));
  std::map<std::string, int> given;
  EXPECT_TRUE(tests::eventually([&] {
    for (const std::string& body : bodies()) ++given[body];
    acknowledge();
    return given.size() > 300;
  }));
  const auto not_acknowledged = bodies();
  restart_broker();
  acknowledge();  // of what came before: its tags are those of others now
  EXPECT_TRUE(tests::eventually([&] {
    if (const auto some = receive()) {
      for (const auto& one : *some) ++given[one.bytes];
      acknowledge();
    }
    return given.size() == count;
  }));
  for (const std::string& body : not_acknowledged) EXPECT_GE(given[body], 1) << body;
  EXPECT_EQ(given.size(), static_cast<std::size_t>(count));
  EXPECT_TRUE(tests::eventually([this] { return is_empty_without_us(); }));
}

TEST_P(BrokerTroubles, TheBrokersEndIsSaidAndOverWhenItIsBack) {
  EXPECT_EQ(send("G").outcome, Outcome::confirmed);
  EXPECT_THAT(bodies(), IsEmpty());
  EXPECT_TRUE(channel().health().reachable) << channel().health().detail;
  if (std::get<End>(GetParam()) == End::killed) {
    rabbit_->kill();
  } else {
    rabbit_->stop();
  }
  EXPECT_TRUE(tests::eventually([this] { return !channel().health().reachable; }));
  EXPECT_EQ(send("G").outcome, Outcome::unreachable);
  const auto received = receive();
  ASSERT_FALSE(received);
  EXPECT_EQ(received.faults().front().code, "amqp.unreachable");
  rabbit_->start();
  EXPECT_TRUE(tests::eventually([this] { return receive() && send("G").outcome == Outcome::confirmed; }));
  EXPECT_TRUE(channel().health().reachable) << channel().health().detail;
}

INSTANTIATE_TEST_SUITE_P(ThatIs, BrokerTroubles,
                         testing::Combine(testing::Values(Over::amqp, Over::amqp1),
                                          testing::Values(End::stopped, End::killed)),
                         [](const auto& tested) {
                           const bool is_old = std::get<Over>(tested.param) == Over::amqp;
                           const bool is_stopped = std::get<End>(tested.param) == End::stopped;
                           return std::string(is_old ? "Amqp" : "Amqp1") + (is_stopped ? "Stopped" : "Killed");
                         });

}  // namespace

#include "gateway/pacing/loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>

#include "tests/support/eventually.h"

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using gateway::pacing::Loop;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

class Looping : public testing::Test {
 protected:
  // Runs the I/O until it holds.
  bool until(const std::function<bool()>& holds) {
    return tests::eventually([&] {
      io_.restart();
      io_.run_for(milliseconds(1));
      return holds();
    });
  }
  void pass(milliseconds time) {
    io_.restart();
    io_.run_for(time);
  }
  Loop::Round counting(milliseconds rest) {
    return [this, rest] { return count(rest); };
  }
  awaitable<milliseconds> count(milliseconds rest) {
    ++rounds_;
    co_return rest;
  }
  awaitable<milliseconds> fail() {
    ++rounds_;
    throw std::runtime_error("the ledger is away");
    co_return milliseconds(0);
  }
  awaitable<milliseconds> wait_then_rest(milliseconds length) {
    ++rounds_;
    asio::steady_timer timer(io_, length);
    co_await timer.async_wait(asio::use_awaitable);
    co_return hours(1);
  }
  steady_clock::duration time_to_stop(Loop& loop, milliseconds deadline) {
    const auto begin = steady_clock::now();
    bool is_stopped = false;
    asio::co_spawn(io_, loop.stop(deadline), [&](const std::exception_ptr&) { is_stopped = true; });
    EXPECT_TRUE(until([&] { return is_stopped; }));
    return steady_clock::now() - begin;
  }

  asio::io_context io_{1};
  int rounds_ = 0;
};

TEST_F(Looping, ARoundFollowsTheOtherWithoutARestWhereItAsksForNone) {
  Loop loop(io_.get_executor(), {"test", "", hours(1)});
  loop.start(counting(milliseconds(0)));
  EXPECT_TRUE(until([&] { return rounds_ > 100; }));
  time_to_stop(loop, hours(1));
}

TEST_F(Looping, ARestLastsAsLongAsTheRoundAskedForUnlessItIsRung) {
  Loop loop(io_.get_executor(), {"test", "", milliseconds(0)});
  loop.start(counting(hours(1)));
  pass(milliseconds(30));
  EXPECT_EQ(rounds_, 1);
  loop.ring();
  pass(milliseconds(30));
  EXPECT_EQ(rounds_, 2);
  time_to_stop(loop, hours(1));
}

TEST_F(Looping, ARingDuringARoundLeavesTheRestOut) {
  Loop loop(io_.get_executor(), {"test", "", milliseconds(0)});
  loop.start([this] { return wait_then_rest(milliseconds(20)); });
  ASSERT_TRUE(until([&] { return rounds_ == 1; }));
  loop.ring();
  EXPECT_TRUE(until([&] { return rounds_ == 2; }));
  pass(milliseconds(60));
  EXPECT_EQ(rounds_, 2);
  time_to_stop(loop, hours(1));
}

TEST_F(Looping, ARoundThatThrowsIsFollowedByARestThatNoRingEnds) {
  Loop loop(io_.get_executor(), {"test", "", milliseconds(100)});
  loop.start([this] { return fail(); });
  ASSERT_TRUE(until([&] { return rounds_ == 1; }));
  for (int i = 0; i < 20; ++i) {
    loop.ring();
    pass(milliseconds(1));
  }
  EXPECT_EQ(rounds_, 1);
  EXPECT_TRUE(until([&] { return rounds_ == 2; }));
  time_to_stop(loop, hours(1));
}

TEST_F(Looping, AStopEndsARestAtOnceAndLetsGoWhatTheRoundsNeeded) {
  const auto owned = std::make_shared<int>(0);
  Loop loop(io_.get_executor(), {"test", "", hours(1)});
  loop.start([this, owned] { return count(hours(1)); });
  ASSERT_TRUE(until([&] { return rounds_ == 1; }));
  EXPECT_TRUE(loop.is_running());
  EXPECT_LT(time_to_stop(loop, hours(1)), std::chrono::seconds(5));
  EXPECT_FALSE(loop.is_running());
  EXPECT_EQ(rounds_, 1);
  EXPECT_EQ(owned.use_count(), 1);
}

TEST_F(Looping, AStopWaitsForTheRoundThatGoesOnAndNoLongerThanItsDeadline) {
  Loop loop(io_.get_executor(), {"test", "", hours(1)});
  loop.start([this] { return wait_then_rest(milliseconds(300)); });
  ASSERT_TRUE(until([&] { return rounds_ == 1; }));
  time_to_stop(loop, milliseconds(20));
  EXPECT_TRUE(loop.is_running());
  time_to_stop(loop, hours(1));
  EXPECT_FALSE(loop.is_running());
}

}  // namespace

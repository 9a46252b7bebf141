#include "gateway/offload/run_within.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <gtest/gtest.h>
#include <string>

namespace {

namespace asio = boost::asio;
using gateway::offload::Pool;
using gateway::offload::run_within;
using std::chrono::milliseconds;
using std::chrono::minutes;

template <class Value>
Value run_within_to_end(asio::io_context& context, asio::awaitable<Value> flow) {
  auto value = asio::co_spawn(context, std::move(flow), asio::use_future);
  context.restart();
  context.run();
  return value.get();
}

TEST(OffloadWithin, GivesWhatTheCallGivesInTime) {
  asio::io_context context;
  Pool pool(1, 1);
  auto call = [] { return std::string("done"); };
  EXPECT_EQ(run_within_to_end(context, run_within(minutes(1), pool, call)), "done");
}

TEST(OffloadWithin, GivesNothingWhereTheCallTakesLongerAndLeavesItToItself) {
  asio::io_context context;
  std::promise<void> released;
  std::promise<std::string> ended;
  Pool pool(1, 1);
  auto call = [held = released.get_future().share(), &ended] {
    held.wait();
    ended.set_value("ended later");
    return std::string("too late");
  };
  auto result = asio::co_spawn(context, run_within(milliseconds(1), pool, call), asio::use_future);
  while (result.wait_for(milliseconds(0)) != std::future_status::ready) context.run_one();
  EXPECT_FALSE(result.get());
  released.set_value();
  EXPECT_EQ(ended.get_future().get(), "ended later");
  context.run();
}

TEST(OffloadWithin, ThrowsWhatTheCallThrows) {
  asio::io_context context;
  Pool pool(1, 1);
  auto call = []() -> int { throw std::runtime_error("broken"); };
  EXPECT_THROW(run_within_to_end(context, run_within(minutes(1), pool, call)), std::runtime_error);
}

TEST(OffloadWithin, ThrowsWhereTooMuchIsWaiting) {
  asio::io_context context;
  Pool pool(1, 0);
  EXPECT_THROW(run_within_to_end(context, run_within(minutes(1), pool, [] { return 1; })),
               gateway::offload::OffloadFull);
}

}  // namespace

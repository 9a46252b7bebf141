#include "gateway/offload/offload.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>

namespace {

namespace asio = boost::asio;
using gateway::offload::OffloadFull;
using gateway::offload::Pool;

template <class Value>
Value run_to_end(asio::io_context& context, asio::awaitable<Value> flow) {
  auto value = asio::co_spawn(context, std::move(flow), asio::use_future);
  context.restart();
  context.run();
  return value.get();
}

struct Threads {
  std::thread::id before, inside, after;
};

asio::awaitable<Threads> note_threads(Pool& pool) {
  Threads threads;
  threads.before = std::this_thread::get_id();
  threads.inside = co_await pool.run([] { return std::this_thread::get_id(); });
  threads.after = std::this_thread::get_id();
  co_return threads;
}

template <class Call>
asio::awaitable<std::invoke_result_t<Call>> run_on(Pool& pool, Call call) {
  co_return co_await pool.run(std::move(call));
}

TEST(Offload, RunsElsewhereAndComesBackToTheCallersThread) {
  asio::io_context context;
  Pool pool(1, 1);
  const Threads threads = run_to_end(context, note_threads(pool));
  EXPECT_NE(threads.inside, threads.before);
  EXPECT_EQ(threads.after, threads.before);
}

TEST(Offload, GivesWhatTheCallGaveEvenWhereItCanOnlyBeMoved) {
  asio::io_context context;
  Pool pool(1, 1);
  EXPECT_EQ(*run_to_end(context, run_on(pool, [] { return std::make_unique<int>(7); })), 7);
}

TEST(Offload, GivesTheExceptionToTheCaller) {
  asio::io_context context;
  Pool pool(1, 1);
  EXPECT_THROW(run_to_end(context, run_on(pool, []() -> int { throw std::out_of_range("x"); })), std::out_of_range);
}

// A pool of one thread that is busy until the gate opens.
class BusyPool : public testing::Test {
 protected:
  std::future<void> hold() {
    auto begun = std::make_shared<std::promise<void>>();
    auto held = asio::co_spawn(context_, run_on(pool_, [begun, open = open_] { begun->set_value(), open.wait(); }),
                               asio::use_future);
    context_.poll();
    begun->get_future().wait();
    return held;
  }

  std::promise<void> gate_;
  std::shared_future<void> open_ = gate_.get_future().share();
  asio::io_context context_;
  Pool pool_{1, 2};
};

TEST_F(BusyPool, RefusesOneMoreThanItsLimitAndTakesItLater) {
  auto held = hold();
  auto queued = asio::co_spawn(context_, run_on(pool_, [] { return 1; }), asio::use_future);
  auto refused = asio::co_spawn(context_, run_on(pool_, [] { return 2; }), asio::use_future);
  context_.poll();
  EXPECT_THROW(refused.get(), OffloadFull);
  gate_.set_value();
  context_.run();
  EXPECT_EQ(queued.get(), 1);
  EXPECT_EQ(run_to_end(context_, run_on(pool_, [] { return 3; })), 3);
}

TEST_F(BusyPool, StopWaitsForWhatWasTakenAndRefusesTheRest) {
  auto held = hold();
  auto stopping = std::async(std::launch::async, [this] { pool_.stop(); });
  EXPECT_EQ(stopping.wait_for(std::chrono::milliseconds{20}), std::future_status::timeout);
  gate_.set_value();
  stopping.wait();
  context_.run();
  held.get();
  EXPECT_THROW(run_to_end(context_, run_on(pool_, [] { return 4; })), OffloadFull);
}

}  // namespace

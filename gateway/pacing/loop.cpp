#include "gateway/pacing/loop.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/ledger/trouble_line.h"

namespace gateway::pacing {

using boost::asio::awaitable;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds between_looks{10};

}  // namespace

Loop::Loop(boost::asio::any_io_executor executor, Trouble trouble)
    : executor_(executor), trouble_(std::move(trouble)), bell_(executor) {}

void Loop::start(Round round) {
  is_running_ = true;
  boost::asio::co_spawn(executor_, run(std::move(round)), boost::asio::detached);
}

void Loop::ring() {
  is_rung_ = true;
  bell_.cancel();
}

void Loop::stop() {
  is_stopping_ = true;
  bell_.cancel();
}

awaitable<void> Loop::stop(milliseconds deadline) {
  stop();
  std::function<bool()> has_ended = [this] { return !is_running_; };
  co_await wait_until(std::move(has_ended), steady_clock::now() + deadline);
}

awaitable<void> Loop::run(Round round) {
  while (!is_stopping_) {
    is_rung_ = false;
    bool failed = false;
    milliseconds rest = trouble_.rest;
    try {
      rest = co_await round();
    } catch (const std::exception& error) {
      failed = true;
      ledger::log_trouble(trouble_.part, trouble_.about, error);
    }
    co_await boost::asio::post(executor_, boost::asio::use_awaitable);  // others have their turn, whatever the rest
    const auto end = steady_clock::now() + rest;
    while (!is_stopping_ && (!is_rung_ || failed) && steady_clock::now() < end) {
      boost::system::error_code cut_short;
      bell_.expires_at(end);
      co_await bell_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    }
  }
  is_running_ = false;
}

awaitable<void> wait_until(std::function<bool()> holds, steady_clock::time_point deadline) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  while (!holds() && steady_clock::now() < deadline) {
    timer.expires_after(between_looks);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

}  // namespace gateway::pacing

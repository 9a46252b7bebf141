// What a thread of the channel's own will tell a coroutine, which waits for it until its time is over. Made and waited
// for on the coroutine's executor, whose context outlives that thread; given from any thread. The first answer counts.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace gateway::channels::queues {

template <class Value>
class LateAnswer : public std::enable_shared_from_this<LateAnswer<Value>> {
 public:
  LateAnswer(boost::asio::any_io_executor home, std::chrono::milliseconds longest)
      : home_(std::move(home)), over_(home_, longest) {}

  void give(Value value) {
    boost::asio::post(home_, [self = this->shared_from_this(), value = std::move(value)]() mutable {
      if (!self->value_) self->value_.emplace(std::move(value));
      self->over_.cancel();
    });
  }

  // Nothing: it was not given in time.
  boost::asio::awaitable<std::optional<Value>> wait() {
    boost::system::error_code cut_short;
    if (!value_) co_await over_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    co_return std::move(value_);
  }

 private:
  boost::asio::any_io_executor home_;
  boost::asio::steady_timer over_;
  std::optional<Value> value_;
};

}  // namespace gateway::channels::queues

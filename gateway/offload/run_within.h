// What a blocking call on a pool gives, or nothing once its time is over: the call is then left to itself and its
// result is not heard, so it must own what it uses. The pool outlives the call. Throws what the call throws.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/offload/offload.h"

namespace gateway::offload {

template <class Call>
boost::asio::awaitable<std::optional<std::invoke_result_t<Call>>> run_within(std::chrono::milliseconds longest,
                                                                             Pool& pool, Call call) {
  struct Wait {
    Wait(const boost::asio::any_io_executor& executor, std::chrono::milliseconds longest_wait)
        : over(executor, longest_wait) {}
    boost::asio::steady_timer over;
    std::optional<std::invoke_result_t<Call>> value;
    std::exception_ptr error;
    bool is_done = false;
  };
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto wait = std::make_shared<Wait>(executor, longest);
  auto done = [wait](const std::exception_ptr& error, std::optional<std::invoke_result_t<Call>> value) {
    wait->error = error;
    wait->value = std::move(value);
    wait->is_done = true;
    wait->over.cancel();
  };
  auto flow = [](Pool& on, Call what) -> boost::asio::awaitable<std::optional<std::invoke_result_t<Call>>> {
    co_return co_await on.run(std::move(what));
  }(pool, std::move(call));
  boost::asio::co_spawn(executor, std::move(flow), std::move(done));
  if (!wait->is_done) {
    boost::system::error_code cut_short;
    co_await wait->over.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
  }
  if (wait->error) std::rethrow_exception(wait->error);
  co_return std::move(wait->value);
}

}  // namespace gateway::offload

#include "gateway/dispatch/answer_within.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace gateway::dispatch {

namespace asio = boost::asio;
using channels::Answer;
using channels::Outcome;

namespace {

struct Call {
  Call(const asio::any_io_executor& executor, std::chrono::milliseconds longest) : over(executor, longest) {}
  asio::steady_timer over;
  std::optional<Answer> answer;
};

Answer failed(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& what) {
    return {Outcome::unknown, what.what()};
  }
}

}  // namespace

asio::awaitable<Answer> answer_within(std::chrono::milliseconds longest, channels::Channel& channel,
                                      channels::Outgoing message) {
  const auto executor = co_await asio::this_coro::executor;
  const auto call = std::make_shared<Call>(executor, longest);
  auto heard = [call](const std::exception_ptr& error, Answer answer) {
    call->answer = error ? failed(error) : std::move(answer);
    call->over.cancel();
  };
  asio::co_spawn(executor, channel.send(std::move(message)), std::move(heard));
  if (!call->answer) {
    boost::system::error_code cut_short;
    co_await call->over.async_wait(asio::redirect_error(asio::use_awaitable, cut_short));
  }
  co_return call->answer.value_or(Answer{Outcome::unknown, "the channel did not come back within the time allowed"});
}

}  // namespace gateway::dispatch

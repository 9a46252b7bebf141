#include "gateway/channels/amqp/publisher.h"

#include <boost/asio/this_coro.hpp>

#include "gateway/channels/amqp/publishing_line.h"

namespace gateway::channels::amqp {

namespace {

Verdict over(const PublishCall& call, std::chrono::milliseconds longest) {
  const std::string length = std::to_string(longest.count()) + " ms";
  if (call.has_left()) {
    return {Fate::lost, "消息服务器在 " + length + " 内没有确认 | the broker has not confirmed it within " + length};
  }
  return {Fate::never_left, "未能在 " + length + " 内发出 | it could not leave within " + length};
}

}  // namespace

Publisher::Publisher(const config::Port& port) : line_(std::make_unique<PublishingLine>(port)) {}

Publisher::~Publisher() = default;

boost::asio::awaitable<Verdict> Publisher::publish(Publication publication) {
  const auto home = co_await boost::asio::this_coro::executor;
  const auto longest = line_->longest();
  const auto call = std::make_shared<PublishCall>(std::move(publication), home, longest);
  line_->take(call);
  const auto verdict = co_await call->answer->wait();
  if (verdict) co_return *verdict;
  call->withdraw();
  co_return over(*call, longest);
}

LineState Publisher::state() const { return line_->state(); }

}  // namespace gateway::channels::amqp

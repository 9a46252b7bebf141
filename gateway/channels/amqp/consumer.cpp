#include "gateway/channels/amqp/consumer.h"

#include <boost/asio/this_coro.hpp>

#include "gateway/channels/amqp/consuming_line.h"

namespace gateway::channels::amqp {

Consumer::Consumer(const config::Port& port, const ConsumerLimits& limits)
    : line_(std::make_unique<ConsumingLine>(port, limits)) {}

Consumer::~Consumer() = default;

boost::asio::awaitable<Bodies> Consumer::receive(std::string queue) {
  const auto home = co_await boost::asio::this_coro::executor;
  const auto arrival = std::make_shared<Arrival>(home, line_->limits().longest_wait);
  auto there = line_->take(queue, arrival);
  if (there) co_return *std::move(there);
  co_await arrival->wait();
  co_return line_->take_at_last(queue);
}

void Consumer::acknowledge(const std::string& queue) { line_->acknowledge(queue); }

LineState Consumer::state() const { return line_->state(); }

}  // namespace gateway::channels::amqp

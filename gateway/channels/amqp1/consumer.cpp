#include "gateway/channels/amqp1/consumer.h"

#include <utility>

#include "gateway/channels/amqp1/consuming_line.h"

namespace gateway::channels::amqp1 {

Consumer::Consumer(const config::Port& port, const queues::ConsumerLimits& limits)
    : line_(std::make_unique<ConsumingLine>(port, limits)) {}

Consumer::~Consumer() = default;

boost::asio::awaitable<queues::Bodies> Consumer::receive(std::string address) {
  return queues::receive_by(*line_, std::move(address));
}

void Consumer::acknowledge(const std::string& address) { line_->acknowledge(address); }

queues::LineState Consumer::state() const { return line_->state(); }

}  // namespace gateway::channels::amqp1

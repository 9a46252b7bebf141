#include "gateway/channels/amqp/consumer.h"

#include <utility>

#include "gateway/channels/amqp/consuming_line.h"

namespace gateway::channels::amqp {

Consumer::Consumer(const config::Port& port, const queues::ConsumerLimits& limits)
    : line_(std::make_unique<ConsumingLine>(port, limits)) {}

Consumer::~Consumer() = default;

boost::asio::awaitable<queues::Bodies> Consumer::receive(std::string queue) {
  return queues::receive_by(*line_, std::move(queue));
}

void Consumer::acknowledge(const std::string& queue) { line_->acknowledge(queue); }

queues::LineState Consumer::state() const { return line_->state(); }

}  // namespace gateway::channels::amqp

#include "gateway/channels/amqp/publisher.h"

#include <utility>

#include "gateway/channels/amqp/publishing_line.h"

namespace gateway::channels::amqp {

Publisher::Publisher(const config::Port& port) : line_(std::make_unique<PublishingLine>(port)) {}

Publisher::~Publisher() = default;

boost::asio::awaitable<queues::Verdict> Publisher::publish(Publication publication) {
  return queues::publish_by(*line_, std::move(publication));
}

queues::LineState Publisher::state() const { return line_->state(); }

}  // namespace gateway::channels::amqp

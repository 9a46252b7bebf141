// Publishes to one broker, many messages under way on one connection, each followed until the broker has confirmed it
// (RabbitMQ: publisher confirms). publish() on the executor whose context outlives this; the connection has a thread of
// its own, which ends with this. Connects when there is something to publish.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/settings.h"
#include "gateway/channels/queues/line_state.h"
#include "gateway/channels/queues/verdict.h"

namespace gateway::channels::amqp {

struct Publication {
  std::string exchange, routing_key, message_id, type, sender;
  std::string body;
};

class PublishingLine;

class Publisher {
 public:
  explicit Publisher(const config::Port& port);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Within the port's timeout.
  boost::asio::awaitable<queues::Verdict> publish(Publication publication);
  queues::LineState state() const;

 private:
  std::unique_ptr<PublishingLine> line_;
};

}  // namespace gateway::channels::amqp

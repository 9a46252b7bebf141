// Publishes to one broker, many messages under way on one connection, each followed until the broker has confirmed it
// (RabbitMQ: publisher confirms). publish() on the executor whose context outlives this; the connection has a thread of
// its own, which ends with this. Connects when there is something to publish.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/settings.h"
#include "gateway/channels/amqp/line_state.h"

namespace gateway::channels::amqp {

struct Publication {
  std::string exchange, routing_key, message_id, type, sender;
  std::string body;
};

// confirmed: the broker keeps it; returned: no queue takes it; lost: it may have arrived; never_left: it has not.
enum class Fate { confirmed, returned, lost, never_left };

struct Verdict {
  Fate fate = Fate::never_left;
  std::string words;  // Chinese | English
};

class PublishingLine;

class Publisher {
 public:
  explicit Publisher(const config::Port& port);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Within the port's timeout.
  boost::asio::awaitable<Verdict> publish(Publication publication);
  LineState state() const;

 private:
  std::unique_ptr<PublishingLine> line_;
};

}  // namespace gateway::channels::amqp

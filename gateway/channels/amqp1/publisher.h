// Sends to the addresses of one AMQP 1.0 peer, many deliveries unsettled at once, each followed until the peer has told
// its outcome (at least once). publish() on the executor whose context outlives this; the connection has a thread of
// its own, which ends with this. Connects when there is something to send.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/settings.h"
#include "gateway/channels/queues/line_state.h"
#include "gateway/channels/queues/verdict.h"

namespace gateway::channels::amqp1 {

struct Publication {
  std::string address, message_id, type, sender;
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

}  // namespace gateway::channels::amqp1

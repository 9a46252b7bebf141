// Takes what comes on the queues of one AMQP 1.0 peer, a link for each; nothing is accepted before the caller says so.
// A queue that nobody has asked about for a while is left, so that its messages go to others. Faults amqp.*. On the
// executor whose context outlives this; the connection has a thread of its own, which ends with this.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/settings.h"
#include "gateway/channels/queues/line_state.h"
#include "gateway/channels/queues/queue_book.h"

namespace gateway::channels::amqp1 {

class ConsumingLine;

class Consumer {
 public:
  Consumer(const config::Port& port, const queues::ConsumerLimits& limits);
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  // Bodies, the oldest first; those again that are not acknowledged.
  boost::asio::awaitable<queues::Bodies> receive(std::string address);
  void acknowledge(const std::string& address);  // what receive() gave last
  queues::LineState state() const;

 private:
  std::unique_ptr<ConsumingLine> line_;
};

}  // namespace gateway::channels::amqp1

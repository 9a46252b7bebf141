// Takes what comes on the queues of one broker, a consumer for each; nothing is acknowledged before the caller says so.
// A queue that nobody has asked about for a while is left, so that its messages go to others. Faults amqp.*. On the
// executor whose context outlives this; the connection has a thread of its own, which ends with this.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/channels/amqp/line_state.h"

namespace gateway::channels::amqp {

class ConsumingLine;

struct ConsumerLimits {
  std::chrono::milliseconds longest_wait;          // for the first message
  std::size_t most_messages;                       // given at once
  std::size_t most_bytes = std::size_t{32} << 20;  // held of one queue; a message over it is left where it is
  std::chrono::milliseconds left_after{15000};     // without being asked
};

class Consumer {
 public:
  Consumer(const config::Port& port, const ConsumerLimits& limits);
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  // Bodies, the oldest first; those again that are not acknowledged.
  boost::asio::awaitable<base::Result<std::vector<std::string>>> receive(std::string queue);
  void acknowledge(const std::string& queue);  // what receive() gave last
  LineState state() const;

 private:
  std::unique_ptr<ConsumingLine> line_;
};

}  // namespace gateway::channels::amqp

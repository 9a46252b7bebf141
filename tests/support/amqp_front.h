// The simulator's front before a broker (tools/platform/broker_front.h) on a free port of loopback and a thread of its
// own, which does the harm that a test tells it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <thread>

#include "tools/platform/broker_front.h"

namespace tests {

using tools::platform::Harm;

class AmqpFront {
 public:
  explicit AmqpFront(int broker_port);
  ~AmqpFront();
  AmqpFront(const AmqpFront&) = delete;
  AmqpFront& operator=(const AmqpFront&) = delete;

  int port() const { return port_; }
  void do_harm(Harm harm);  // is done when it comes back

 private:
  boost::asio::io_context io_;
  tools::platform::BrokerFront front_;
  const int port_;
  std::thread thread_;
};

}  // namespace tests

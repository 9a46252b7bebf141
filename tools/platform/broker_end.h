// The simulator's connections to a broker, whatever AMQP it speaks: queues by their names. On the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/settings.h"
#include "gateway/channels/queues/queue_book.h"
#include "gateway/channels/queues/verdict.h"
#include "tools/platform/receipt_book.h"

namespace tools::platform {

class BrokerEnd {
 public:
  virtual ~BrokerEnd() = default;
  virtual boost::asio::awaitable<gateway::channels::queues::Bodies> receive(std::string queue) = 0;  // one, or none
  virtual void acknowledge(const std::string& queue) = 0;
  virtual boost::asio::awaitable<gateway::channels::queues::Verdict> put(std::string queue, Letter letter) = 0;
};

// Of the port only its broker counts: profile, url, user, password.
std::unique_ptr<BrokerEnd> make_broker_end(const config::Port& broker);

}  // namespace tools::platform

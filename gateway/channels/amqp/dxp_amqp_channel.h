// The data exchange platform over AMQP 0-9-1: messages go to an exchange, receipts come on a queue of each DXPID. A
// confirm means that the broker keeps it, nothing more. On the I/O thread, whose context outlives it; lives as long as
// the calls on it.
#pragma once

#include "gateway/channels/amqp/consumer.h"
#include "gateway/channels/amqp/publisher.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::amqp {

class DxpAmqpChannel final : public Channel {
 public:
  explicit DxpAmqpChannel(const config::Port& port);

  boost::asio::awaitable<Answer> send(Outgoing message) override;
  std::vector<Source> sources() const override;
  boost::asio::awaitable<base::Result<std::vector<Received>>> receive(Window window) override;
  boost::asio::awaitable<void> acknowledge(Window window) override;
  Health health() const override;

 private:
  std::string queue_of(const Window& window) const;

  config::Queues names_;
  Publisher publisher_;
  Consumer consumer_;
};

}  // namespace gateway::channels::amqp

// The data exchange platform over AMQP 1.0: messages go to an address, receipts come from a queue of each DXPID. An
// accepted message is kept by the broker, nothing more. On the I/O thread, whose context outlives it; lives as long as
// the calls on it.
#pragma once

#include "gateway/channels/amqp1/consumer.h"
#include "gateway/channels/amqp1/publisher.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::amqp1 {

class DxpAmqp1Channel final : public Channel {
 public:
  explicit DxpAmqp1Channel(const config::Port& port);

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

}  // namespace gateway::channels::amqp1

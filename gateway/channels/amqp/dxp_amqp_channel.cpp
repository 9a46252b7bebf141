#include "gateway/channels/amqp/dxp_amqp_channel.h"

#include <utility>

#include "gateway/channels/queues/answers.h"

namespace gateway::channels::amqp {

using boost::asio::awaitable;

DxpAmqpChannel::DxpAmqpChannel(const config::Port& port)
    : names_(port.queues),
      publisher_(port),
      consumer_(port, {.longest_wait = longest_wait, .most_messages = most_records}) {}

awaitable<Answer> DxpAmqpChannel::send(Outgoing message) {
  Publication publication{.exchange = config::named_for(names_.exchange, message.dxp_id),
                          .routing_key = config::named_for(names_.routing_key, message.dxp_id),
                          .message_id = std::move(message.guid),
                          .type = std::move(message.type),
                          .sender = std::move(message.dxp_id),
                          .body = std::move(message.envelope)};
  co_return queues::answer_of(co_await publisher_.publish(std::move(publication)));
}

std::vector<Source> DxpAmqpChannel::sources() const { return {{names_.queue, {}, Supply::queue}}; }

std::string DxpAmqpChannel::queue_of(const Window& window) const {
  return config::named_for(names_.queue, window.dxp_id);
}

awaitable<base::Result<std::vector<Received>>> DxpAmqpChannel::receive(Window window) {
  auto bodies = co_await consumer_.receive(queue_of(window));
  co_return queues::received_of(std::move(bodies), window.since);
}

awaitable<void> DxpAmqpChannel::acknowledge(Window window) {
  consumer_.acknowledge(queue_of(window));
  co_return;
}

Health DxpAmqpChannel::health() const { return queues::health_of(publisher_.state(), consumer_.state()); }

}  // namespace gateway::channels::amqp

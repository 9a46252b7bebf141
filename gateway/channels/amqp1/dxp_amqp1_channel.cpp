#include "gateway/channels/amqp1/dxp_amqp1_channel.h"

#include <utility>

#include "gateway/channels/queues/answers.h"

namespace gateway::channels::amqp1 {

using boost::asio::awaitable;

DxpAmqp1Channel::DxpAmqp1Channel(const config::Port& port)
    : names_(port.queues),
      publisher_(port),
      consumer_(port, {.longest_wait = longest_wait, .most_messages = most_records}) {}

awaitable<Answer> DxpAmqp1Channel::send(Outgoing message) {
  Publication publication{.address = config::named_for(names_.address, message.dxp_id),
                          .message_id = std::move(message.guid),
                          .type = std::move(message.type),
                          .sender = std::move(message.dxp_id),
                          .body = std::move(message.envelope)};
  co_return queues::answer_of(co_await publisher_.publish(std::move(publication)));
}

std::vector<Source> DxpAmqp1Channel::sources() const { return {{names_.queue, {}, Supply::queue}}; }

std::string DxpAmqp1Channel::queue_of(const Window& window) const {
  return config::named_for(names_.queue, window.dxp_id);
}

awaitable<base::Result<std::vector<Received>>> DxpAmqp1Channel::receive(Window window) {
  auto bodies = co_await consumer_.receive(queue_of(window));
  co_return queues::received_of(std::move(bodies), window.since);
}

awaitable<void> DxpAmqp1Channel::acknowledge(Window window) {
  consumer_.acknowledge(queue_of(window));
  co_return;
}

Health DxpAmqp1Channel::health() const { return queues::health_of(publisher_.state(), consumer_.state()); }

}  // namespace gateway::channels::amqp1

#include "gateway/channels/amqp/dxp_amqp_channel.h"

#include <utility>

namespace gateway::channels::amqp {

using boost::asio::awaitable;

namespace {

Outcome outcome_of(Fate fate) {
  switch (fate) {
    case Fate::confirmed:
      return Outcome::confirmed;
    case Fate::returned:
      return Outcome::refused;
    case Fate::lost:
      return Outcome::unknown;
    case Fate::never_left:
      break;
  }
  return Outcome::unreachable;
}

}  // namespace

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
  Verdict verdict = co_await publisher_.publish(std::move(publication));
  co_return Answer{outcome_of(verdict.fate), std::move(verdict.words)};
}

std::vector<Source> DxpAmqpChannel::sources() const { return {{names_.queue, {}, Supply::queue}}; }

std::string DxpAmqpChannel::queue_of(const Window& window) const {
  return config::named_for(names_.queue, window.dxp_id);
}

awaitable<base::Result<std::vector<Received>>> DxpAmqpChannel::receive(Window window) {
  auto bodies = co_await consumer_.receive(queue_of(window));
  if (!bodies) co_return bodies.faults();
  std::vector<Received> received;
  for (std::string& body : *bodies) received.push_back({std::move(body), window.since});
  co_return received;
}

awaitable<void> DxpAmqpChannel::acknowledge(Window window) {
  consumer_.acknowledge(queue_of(window));
  co_return;
}

Health DxpAmqpChannel::health() const {
  const LineState publishing = publisher_.state(), consuming = consumer_.state();
  const std::string words = "发送/sending: " + publishing.words + "; 接收/receiving: " + consuming.words;
  const auto is = [&](Standing standing) { return publishing.standing == standing || consuming.standing == standing; };
  return {is(Standing::up) && !is(Standing::down), words};
}

}  // namespace gateway::channels::amqp

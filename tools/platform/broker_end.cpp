#include "tools/platform/broker_end.h"

#include <chrono>
#include <utility>

#include "gateway/channels/amqp/consumer.h"
#include "gateway/channels/amqp/publisher.h"
#include "gateway/channels/amqp1/consumer.h"
#include "gateway/channels/amqp1/publisher.h"

namespace tools::platform {
namespace {

namespace asio = boost::asio;
namespace amqp = gateway::channels::amqp;
namespace amqp1 = gateway::channels::amqp1;
namespace queues = gateway::channels::queues;

constexpr queues::ConsumerLimits one_by_one{.longest_wait = std::chrono::seconds(1), .most_messages = 1};

amqp::Publication publication_for(amqp::Publisher&, std::string queue, Letter letter) {
  return {.exchange = {},
          .routing_key = std::move(queue),
          .message_id = std::move(letter.id),
          .type = std::move(letter.type),
          .sender = {},
          .body = std::move(letter.bytes)};
}

amqp1::Publication publication_for(amqp1::Publisher&, std::string queue, Letter letter) {
  return {.address = std::move(queue),
          .message_id = std::move(letter.id),
          .type = std::move(letter.type),
          .sender = {},
          .body = std::move(letter.bytes)};
}

template <class Consumer, class Publisher>
class End final : public BrokerEnd {
 public:
  explicit End(const config::Port& broker) : consumer_(broker, one_by_one), publisher_(broker) {}

  asio::awaitable<queues::Bodies> receive(std::string queue) override { return consumer_.receive(std::move(queue)); }
  void acknowledge(const std::string& queue) override { consumer_.acknowledge(queue); }
  asio::awaitable<queues::Verdict> put(std::string queue, Letter letter) override {
    return publisher_.publish(publication_for(publisher_, std::move(queue), std::move(letter)));
  }

 private:
  Consumer consumer_;
  Publisher publisher_;
};

}  // namespace

std::unique_ptr<BrokerEnd> make_broker_end(const config::Port& broker) {
  if (broker.profile == "dxp-amqp1") return std::make_unique<End<amqp1::Consumer, amqp1::Publisher>>(broker);
  return std::make_unique<End<amqp::Consumer, amqp::Publisher>>(broker);
}

}  // namespace tools::platform

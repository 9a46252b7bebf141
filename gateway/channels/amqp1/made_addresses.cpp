#include "gateway/channels/amqp1/made_addresses.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gateway::channels::amqp1 {

namespace {

// Of RabbitMQ those that it looks for and does not make; the first as a source, the others from 4 on.
constexpr std::array<std::string_view, 3> looked_for{"/amq/queue/", "/queues/", "/exchanges/"};

std::string product_of(const std::map<proton::symbol, proton::value>& peer) {
  const auto found = peer.find(proton::symbol("product"));
  std::string product = found == peer.end() ? std::string() : proton::to_string(found->second);
  std::ranges::transform(product, product.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
  return product;
}

}  // namespace

bool may_make(const std::map<proton::symbol, proton::value>& peer, const std::string& address) {
  const std::string product = product_of(peer);
  if (product.find("activemq") != std::string::npos) return true;  // Artemis as well, where not told otherwise
  return product == "rabbitmq" &&
         std::ranges::none_of(looked_for, [&](std::string_view kind) { return address.starts_with(kind); });
}

}  // namespace gateway::channels::amqp1

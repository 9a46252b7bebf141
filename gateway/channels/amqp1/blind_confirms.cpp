#include "gateway/channels/amqp1/blind_confirms.h"

#include <array>
#include <charconv>
#include <string_view>

namespace gateway::channels::amqp1 {

namespace {

constexpr int first_that_says = 4;
constexpr std::array<std::string_view, 3> unlooked_for{"/amq/queue/", "/exchange/", "/topic/"};

std::string word(const std::map<proton::symbol, proton::value>& peer, const std::string& name) {
  const auto found = peer.find(proton::symbol(name));
  return found == peer.end() ? std::string() : proton::to_string(found->second);
}

}  // namespace

bool confirms_blindly(const std::map<proton::symbol, proton::value>& peer, const std::string& address) {
  if (word(peer, "product") != "RabbitMQ") return false;
  const std::string version = word(peer, "version");
  int major = 0;
  std::from_chars(version.data(), version.data() + version.size(), major);
  if (major >= first_that_says) return false;
  for (const std::string_view kind : unlooked_for) {
    if (address.starts_with(kind)) return true;
  }
  return false;
}

base::Fault blind_address(const Peer& peer, const std::string& address) {
  return no_address(peer, address,
                    "RabbitMQ 3 confirms there also what no queue takes; use /queue/NAME, or profile dxp-amqp");
}

}  // namespace gateway::channels::amqp1

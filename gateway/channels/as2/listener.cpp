#include "gateway/channels/as2/listener.h"

namespace gateway::channels::as2 {

namespace {

constexpr std::size_t most_connections = 600;
constexpr std::size_t body_limit_bytes = std::size_t{16} << 20;

}  // namespace

http::ServerOptions options_of(const config::Listening& listening) {
  http::ServerOptions options;
  options.host = listening.host;
  options.port = listening.port;
  if (!listening.certificate.empty()) options.certificate = listening.certificate;
  if (!listening.key.empty()) options.key = listening.key;
  if (!listening.ca.empty()) options.client_ca = listening.ca;
  options.body_limit_bytes = body_limit_bytes;
  options.most_connections = most_connections;
  return options;
}

}  // namespace gateway::channels::as2

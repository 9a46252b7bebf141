// Who a bearer token is. Only SHA-256 digests of tokens are kept; the comparison takes constant time over all clients.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "gateway/http/callers.h"

namespace gateway::http {

class Tokens final : public Callers {
 public:
  explicit Tokens(const std::vector<config::Client>& clients) : clients_(clients) {}
  boost::asio::awaitable<Identity> identify(const Request& request) const override;
  boost::asio::awaitable<bool> still_knows(const Caller& caller) const override;  // tokens never end
  std::optional<Caller> caller(std::string_view authorization_header) const;
  const config::Client* client_of(std::string_view token) const;

 private:
  std::vector<config::Client> clients_;
};

Caller caller_of(const config::Client& client);

}  // namespace gateway::http

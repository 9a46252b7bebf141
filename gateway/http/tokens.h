// Who a bearer token is. Only SHA-256 digests of tokens are kept; the comparison takes constant time over all clients.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"

namespace gateway::http {

struct Caller {
  std::string name;
  config::Role role = config::Role::viewer;
  std::vector<std::string> enterprises;  // empty where all are allowed
  bool all_enterprises = false;
  config::Signing signing = config::Signing::by_role;
  std::string session{};  // that a person came by; empty: a program came by its token

  bool may(std::string_view enterprise) const;
  bool sees_nothing() const { return !all_enterprises && enterprises.empty(); }
  bool may_sign() const;  // have an enterprise's key sign what is not a document of the gateway
};

class Tokens {
 public:
  explicit Tokens(const std::vector<config::Client>& clients) : clients_(clients) {}
  std::optional<Caller> caller(std::string_view authorization_header) const;

 private:
  std::vector<config::Client> clients_;
};

}  // namespace gateway::http

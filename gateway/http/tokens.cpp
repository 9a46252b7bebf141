#include "gateway/http/tokens.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/digest.h"
#include "base/secret.h"

namespace gateway::http {

namespace {

// The scheme's name ignores case (RFC 9110 §11.1).
std::string_view bearer_token(std::string_view header) {
  constexpr std::string_view scheme = "bearer ";
  if (header.size() < scheme.size()) return {};
  const bool named = std::equal(scheme.begin(), scheme.end(), header.begin(),
                                [](unsigned char a, unsigned char b) { return a == std::tolower(b); });
  if (!named) return {};
  header.remove_prefix(scheme.size());
  const auto start = header.find_first_not_of(' ');
  return start == std::string_view::npos ? std::string_view{} : header.substr(start);
}

}  // namespace

const config::Client* Tokens::client_of(std::string_view token) const {
  const std::string digest = base::sha256_hex(token);
  const config::Client* known = nullptr;
  for (const config::Client& client : clients_) {
    if (base::equal_in_constant_time(digest, client.token_sha256)) known = &client;
  }
  return known;
}

std::optional<Caller> Tokens::caller(std::string_view authorization_header) const {
  const std::string_view token = bearer_token(authorization_header);
  const config::Client* const client = token.empty() ? nullptr : client_of(token);
  return client == nullptr ? std::nullopt : std::optional(caller_of(*client));
}

boost::asio::awaitable<Identity> Tokens::identify(const Request& request) const {
  Identity identity{caller(request.headers.get("Authorization"))};
  co_return identity;
}

boost::asio::awaitable<bool> Tokens::still_knows(const Caller&) const { co_return true; }

Caller caller_of(const config::Client& client) {
  Caller caller{client.name, client.role, {}, false, client.signing};
  give_enterprises(caller, client.enterprises);
  return caller;
}

}  // namespace gateway::http

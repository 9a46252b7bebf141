#include "gateway/http/tokens.h"

#include <algorithm>
#include <cctype>

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

bool Caller::may(std::string_view enterprise) const {
  return all_enterprises || std::ranges::find(enterprises, enterprise) != enterprises.end();
}

bool Caller::may_sign() const {
  return signing == config::Signing::allowed || config::includes(role, config::Role::admin);
}

std::optional<Caller> Tokens::caller(std::string_view authorization_header) const {
  const std::string_view token = bearer_token(authorization_header);
  if (token.empty()) return std::nullopt;
  const std::string digest = base::sha256_hex(token);
  const config::Client* known = nullptr;
  for (const config::Client& client : clients_) {
    if (base::equal_in_constant_time(digest, client.token_sha256)) known = &client;
  }
  if (known == nullptr) return std::nullopt;
  Caller caller{known->name, known->role, known->enterprises, false, known->signing};
  if (caller.may("*")) {
    caller.all_enterprises = true;
    caller.enterprises.clear();
  }
  return caller;
}

}  // namespace gateway::http

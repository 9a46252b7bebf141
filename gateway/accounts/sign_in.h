// POST /v1/session: a name and its password, a client's token, or a one-time code, for a session and its cookie. What
// is tried in vain closes doors that the ledger knows, so that several gateways count together. On the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/accounts/parts.h"
#include "gateway/accounts/sessions.h"
#include "gateway/accounts/sign_in_order.h"
#include "gateway/http/router.h"
#include "gateway/http/tokens.h"

namespace gateway::accounts {

class SignIn {
 public:
  SignIn(Parts parts, std::shared_ptr<const http::Tokens> tokens, std::shared_ptr<Sessions> sessions)
      : parts_(parts), tokens_(std::move(tokens)), sessions_(std::move(sessions)) {}
  boost::asio::awaitable<http::Response> post(http::Request request) const;

 private:
  struct Person {
    std::string name, token_sha256;  // token_sha256: of a client
  };

  boost::asio::awaitable<std::optional<Person>> judge(const SignInOrder& order) const;
  boost::asio::awaitable<std::optional<Person>> judge_password(const SignInOrder& order) const;
  boost::asio::awaitable<std::optional<Person>> judge_code(const SignInOrder& order) const;
  boost::asio::awaitable<http::Response> refuse(const SignInOrder& order, const http::Request& request) const;
  boost::asio::awaitable<http::Response> welcome(Person person, const SignInOrder& order, const http::Request& request,
                                                 std::vector<ledger::Door> doors) const;

  Parts parts_;
  std::shared_ptr<const http::Tokens> tokens_;
  std::shared_ptr<Sessions> sessions_;
};

}  // namespace gateway::accounts

// Who calls: a client by its bearer token, or a person by the cookie of a session. The one place that holds calls that
// change something against forged ones. On the I/O thread.
#pragma once

#include <memory>

#include "gateway/accounts/sessions.h"
#include "gateway/http/callers.h"
#include "gateway/http/tokens.h"

namespace gateway::accounts {

class SessionCallers final : public http::Callers {
 public:
  SessionCallers(std::shared_ptr<const http::Tokens> tokens, std::shared_ptr<Sessions> sessions)
      : tokens_(std::move(tokens)), sessions_(std::move(sessions)) {}
  boost::asio::awaitable<http::Identity> identify(const http::Request& request) const override;
  boost::asio::awaitable<bool> still_knows(const http::Caller& caller) const override;

 private:
  std::shared_ptr<const http::Tokens> tokens_;
  std::shared_ptr<Sessions> sessions_;
};

}  // namespace gateway::accounts

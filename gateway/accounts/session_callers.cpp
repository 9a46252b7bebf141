#include "gateway/accounts/session_callers.h"

#include "base/secret.h"
#include "gateway/accounts/browsers.h"
#include "gateway/accounts/refusals.h"

namespace gateway::accounts {

boost::asio::awaitable<http::Identity> SessionCallers::identify(const http::Request& request) const {
  http::Identity identity;
  const std::string secret = session_cookie_of(request.headers);
  if (secret.empty() || !request.headers.get("Authorization").empty()) {
    identity.caller = tokens_->caller(request.headers.get("Authorization"));
    co_return identity;
  }
  auto known = co_await sessions_->find(secret);
  if (!known) {
    identity.refusal = not_signed_in();
  } else if (!changes_something(request.method)) {
    identity.caller = std::move(known->caller);
  } else if (comes_from_another_site(request.headers)) {
    identity.refusal = from_another_site();
  } else if (!base::equal_in_constant_time(request.headers.get("X-CSRF-Token"), csrf_token(secret))) {
    identity.refusal = forged();
  } else {
    identity.caller = std::move(known->caller);
  }
  co_return identity;
}

boost::asio::awaitable<bool> SessionCallers::still_knows(const http::Caller& caller) const {
  if (!caller.came_by_session()) co_return true;
  co_return co_await sessions_->lasts(caller.session);
}

}  // namespace gateway::accounts

#include "gateway/accounts/accounts.h"

#include "gateway/accounts/account_pages.h"
#include "gateway/accounts/session_callers.h"
#include "gateway/accounts/sign_in.h"
#include "gateway/http/tokens.h"

namespace gateway::accounts {
namespace {

// The route holds the subject, so that it lives as long as a request can come.
template <class Subject, class Call>
http::Handler handler(std::shared_ptr<Subject> subject, Call call) {
  return [subject = std::move(subject), call](http::Request request) { return (*subject.*call)(std::move(request)); };
}

}  // namespace

Accounts::Accounts(Parts parts) {
  const auto tokens = std::make_shared<const http::Tokens>(parts.settings.clients);
  const auto sessions = std::make_shared<Sessions>(parts);
  callers_ = std::make_shared<const SessionCallers>(tokens, sessions);
  sign_in_ = std::make_shared<const SignIn>(parts, tokens, sessions);
  pages_ = std::make_shared<const AccountPages>(parts, sessions);
}

void Accounts::add_routes(http::Router& router) const {
  using config::Role;
  router.add({"POST", "/v1/session", std::nullopt, handler(sign_in_, &SignIn::post)});
  router.add({"GET", "/v1/session", std::nullopt, handler(pages_, &AccountPages::session)});
  router.add({"DELETE", "/v1/session", Role::viewer, handler(pages_, &AccountPages::sign_out)});
  router.add({"POST", "/v1/session/password", Role::viewer, handler(pages_, &AccountPages::change_password)});
  router.add({"GET", "/v1/sessions", Role::viewer, handler(pages_, &AccountPages::list)});
  router.add({"DELETE", "/v1/sessions", Role::viewer, handler(pages_, &AccountPages::end_all)});
  router.add({"DELETE", "/v1/sessions/{id}", Role::viewer, handler(pages_, &AccountPages::end_one)});
  router.add({"GET", "/v1/users", Role::admin, handler(pages_, &AccountPages::users)});
}

}  // namespace gateway::accounts

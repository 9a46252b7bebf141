// Persons at the console: sign-in, sessions, passwords; and who a caller is, person or client. Handlers run on the I/O
// thread. What Parts refers to outlives the server; the Accounts itself need not.
#pragma once

#include <memory>

#include "gateway/accounts/parts.h"
#include "gateway/http/callers.h"
#include "gateway/http/router.h"

namespace gateway::accounts {

class AccountPages;
class SignIn;

class Accounts {
 public:
  explicit Accounts(Parts parts);
  void add_routes(http::Router& router) const;
  std::shared_ptr<const http::Callers> callers() const { return callers_; }

 private:
  std::shared_ptr<const http::Callers> callers_;
  std::shared_ptr<const SignIn> sign_in_;
  std::shared_ptr<const AccountPages> pages_;
};

}  // namespace gateway::accounts

// What POST /v1/session and POST /v1/session/password take. Faults: json.syntax, api.sign_in_order, each with its path.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/ledger/accounts_book.h"

namespace gateway::accounts {

struct SignInOrder {
  ledger::SignedInBy by = ledger::SignedInBy::password;
  std::string name;    // by password
  std::string secret;  // the password, the token, the code
};

struct PasswordOrder {
  std::optional<std::string> old_password;
  std::string new_password;
};

base::Result<SignInOrder> read_sign_in(std::string_view body);
base::Result<PasswordOrder> read_password_order(std::string_view body);

}  // namespace gateway::accounts

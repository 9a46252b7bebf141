// A user's row, for those whose transaction concerns it.
#pragma once

#include <optional>
#include <string>

#include "gateway/ledger/accounts_book.h"
#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

std::optional<User> user_called(SqlConnection& connection, const std::string& name);

}  // namespace gateway::ledger::sql

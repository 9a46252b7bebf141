// Acts of persons, written inside a transaction that the caller holds.
#pragma once

#include <cstdint>

#include "gateway/ledger/audit_records.h"
#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

// As late in the transaction as can be: whoever else writes an act waits for its end. Gives the act's number.
std::int64_t add_act(SqlConnection& connection, Act act);

}  // namespace gateway::ledger::sql

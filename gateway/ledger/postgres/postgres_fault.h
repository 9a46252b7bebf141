// What an answer of PostgreSQL says went wrong, as an exception.
#pragma once

#include "gateway/ledger/postgres/postgres_connection.h"

struct pg_result;

namespace gateway::ledger::postgres {

// TakenBack where the work may be done again, else LedgerError with what to do.
[[noreturn]] void fail(const PostgresConnection& connection, const pg_result* result);

}  // namespace gateway::ledger::postgres

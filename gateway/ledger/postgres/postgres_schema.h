// The tables of the PostgreSQL ledger, in a schema of their own named cebgate, and the steps from each version of them
// to the next.
#pragma once

#include <cstdint>
#include <optional>

#include "gateway/ledger/postgres/postgres_connection.h"

namespace gateway::ledger::postgres {

// Brings the database to this program's version, one gateway at a time. Throws LedgerError, with the database as it
// was, if it is newer than this program.
void migrate(PostgresConnection& connection);

// The version that the database has; nothing where there is no ledger in it yet. Likewise throws, and changes nothing.
std::optional<std::int64_t> version_of(PostgresConnection& connection);
std::int64_t newest_version();  // this program's

}  // namespace gateway::ledger::postgres

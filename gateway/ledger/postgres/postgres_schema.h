// The tables of the PostgreSQL ledger, in a schema of their own named cebgate, and the steps from each version of them
// to the next.
#pragma once

#include "gateway/ledger/postgres/postgres_connection.h"

namespace gateway::ledger::postgres {

// Brings the database to this program's version, one gateway at a time. Throws LedgerError, with the database as it
// was, if it is newer than this program.
void migrate(PostgresConnection& connection);

}  // namespace gateway::ledger::postgres

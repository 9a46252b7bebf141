// The tables of the SQLite ledger and the steps from each version of them to the next.
#pragma once

#include "gateway/ledger/sqlite/sqlite_connection.h"

namespace gateway::ledger::sqlite {

// Brings the file to this program's version, each step in a transaction of its own. Throws LedgerError, with the file
// as it was, if it is damaged, no ledger, or newer than this program.
void migrate(SqliteConnection& connection);

}  // namespace gateway::ledger::sqlite

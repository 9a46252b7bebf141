// The tables of the SQLite ledger and the steps from each version of them to the next.
#pragma once

#include <cstdint>
#include <filesystem>

#include "gateway/ledger/sqlite/sqlite_connection.h"

namespace gateway::ledger::sqlite {

// Brings the file to this program's version, each step in a transaction of its own. Throws LedgerError, with the file
// as it was, if it is damaged, no ledger, or newer than this program.
void migrate(SqliteConnection& connection);

// The version that the file has; likewise throws, and changes nothing.
std::int64_t version_of(SqliteConnection& connection);
std::int64_t newest_version();  // this program's

// What was committed is still in the log, and SQLite would throw that away with a file that is empty: throws for one.
void refuse_what_was_emptied(const std::filesystem::path& file);

}  // namespace gateway::ledger::sqlite

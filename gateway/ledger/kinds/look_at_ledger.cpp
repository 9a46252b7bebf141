#include "gateway/ledger/kinds/look_at_ledger.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

#include "gateway/ledger/postgres/postgres_schema.h"
#include "gateway/ledger/sqlite/sqlite_schema.h"

namespace gateway::ledger::kinds {

namespace {

using sqlite::SqliteConnection;

// A log of what was written, or a journal of what is to be undone.
bool has_more_beside(const std::filesystem::path& file) {
  std::error_code none;
  for (const char* const suffix : {"-wal", "-journal"}) {
    auto beside = file;
    beside += suffix;
    if (std::filesystem::exists(beside, none)) return true;
  }
  return false;
}

void refuse_what_cannot_be_written(const std::filesystem::path& place, int mode) {
  if (::access(place.c_str(), mode) == 0) return;
  throw LedgerError(place.string() + ": 无法写入，请检查是否存在及其权限 / it cannot be written (" +
                    std::strerror(errno) + "): is it there, may this user write?");
}

LedgerView look_at_file(const std::filesystem::path& file) {
  LedgerView view{.file = file, .version = std::nullopt, .newest = sqlite::newest_version()};
  refuse_what_cannot_be_written(file.parent_path(), W_OK | X_OK);
  sqlite::refuse_what_was_emptied(file);
  std::error_code none;
  if (!std::filesystem::exists(file, none) || std::filesystem::file_size(file, none) == 0) return view;
  refuse_what_cannot_be_written(file, R_OK | W_OK);
  // Where there is neither nobody works with it, and SQLite would make a log.
  const auto opening =
      has_more_beside(file) ? SqliteConnection::Opening::to_look : SqliteConnection::Opening::to_look_unchanging;
  SqliteConnection connection(file, opening);
  connection.at_close(SqliteConnection::AtClose::leave_everything);
  view.version = sqlite::version_of(connection);
  return view;
}

}  // namespace

LedgerView look_at_ledger(const std::string& url) {
  constexpr std::string_view sqlite_scheme = "sqlite:";
  if (url.starts_with(sqlite_scheme)) return look_at_file(url.substr(sqlite_scheme.size()));
  postgres::PostgresConnection connection(url);
  return {.file = std::nullopt, .version = postgres::version_of(connection), .newest = postgres::newest_version()};
}

}  // namespace gateway::ledger::kinds

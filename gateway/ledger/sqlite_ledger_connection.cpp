#include "gateway/ledger/sqlite_ledger_connection.h"

#include <sqlite3.h>

#include "gateway/ledger/ledger.h"

namespace gateway::ledger {

namespace {

constexpr int busy_timeout_milliseconds = 5000;

std::string what_to_do(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "磁盘已满，未写入任何内容，请腾出空间 / the disk is full, nothing was written: free some space";
    case SQLITE_IOERR:
      return "读写文件出错，未写入任何内容，请检查磁盘 / reading or writing failed, nothing was written: look at the "
             "disk";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "账本正被另一个程序占用，请先关闭它 / another program is using the ledger: end it first";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "文件已损坏或不是账本，请从备份恢复 / the file is damaged or is no ledger: restore a backup";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "无法写入账本文件，请检查目录是否存在及其权限 / the file cannot be written: does its folder exist, may "
             "this user write there?";
    default:
      return "账本出错 / the ledger failed";
  }
}

}  // namespace

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string sql, sqlite3_stmt* prepared)
    : connection_(connection), sql_(std::move(sql)), prepared_(prepared) {}

SqliteStatement::~SqliteStatement() { connection_.give_back(std::move(sql_), prepared_); }

bool SqliteStatement::step() {
  column_ = 0;
  const int code = sqlite3_step(prepared_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) connection_.fail(code);
  return code == SQLITE_ROW;
}

void SqliteStatement::run() {
  while (step()) continue;
}

void SqliteStatement::put(std::int64_t value) { sqlite3_bind_int64(prepared_, ++parameter_, value); }

void SqliteStatement::put(std::string_view text) {
  const char* const start = text.empty() ? "" : text.data();  // a null pointer would be NULL
  sqlite3_bind_text64(prepared_, ++parameter_, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void SqliteStatement::put(Blob blob) {
  const char* const start = blob.bytes.empty() ? "" : blob.bytes.data();
  sqlite3_bind_blob64(prepared_, ++parameter_, start, blob.bytes.size(), SQLITE_TRANSIENT);
}

void SqliteStatement::put_null() { sqlite3_bind_null(prepared_, ++parameter_); }

void SqliteStatement::take(std::int64_t& value) { value = sqlite3_column_int64(prepared_, column_++); }

void SqliteStatement::take(std::string& text) {
  const auto* const start = static_cast<const char*>(sqlite3_column_blob(prepared_, column_));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column_));
  ++column_;
  start == nullptr ? text.clear() : static_cast<void>(text.assign(start, size));
}

void SqliteStatement::take(base::Time& time) {
  time = base::Time(base::Time::duration(sqlite3_column_int64(prepared_, column_++)));
}

void SqliteStatement::take(State& state) {
  std::string text;
  take(text);
  const auto read = lifecycle::read_state(text);
  if (!read) connection_.fail(SQLITE_CORRUPT);
  state = *read;
}

bool SqliteStatement::skip_null() {
  if (sqlite3_column_type(prepared_, column_) != SQLITE_NULL) return false;
  ++column_;
  return true;
}

SqliteConnection::SqliteConnection(const std::filesystem::path& file) : file_(file) {
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) {
    sqlite3_close_v2(handle_);
    throw LedgerError(file_.string() + ": " + what_to_do(code));
  }
  sqlite3_busy_timeout(handle_, busy_timeout_milliseconds);
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [sql, statements] : idle_) {
    for (sqlite3_stmt* const statement : statements) sqlite3_finalize(statement);
  }
  sqlite3_close_v2(handle_);
}

SqliteStatement SqliteConnection::prepare(std::string sql) {
  auto& idle = idle_[sql];
  if (!idle.empty()) {
    sqlite3_stmt* const prepared = idle.back();
    idle.pop_back();
    return {*this, std::move(sql), prepared};
  }
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &prepared, nullptr);
  if (code != SQLITE_OK) fail(code);
  return {*this, std::move(sql), prepared};
}

void SqliteConnection::give_back(std::string sql, sqlite3_stmt* prepared) noexcept {
  sqlite3_reset(prepared);
  sqlite3_clear_bindings(prepared);
  idle_[std::move(sql)].push_back(prepared);
}

void SqliteConnection::execute(const std::string& script) {
  const int code = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t SqliteConnection::last_row() const { return sqlite3_last_insert_rowid(handle_); }
std::int64_t SqliteConnection::changed() const { return sqlite3_changes64(handle_); }
bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void SqliteConnection::fail(int code) const { refuse(what_to_do(code) + " (" + sqlite3_errmsg(handle_) + ")"); }

void SqliteConnection::refuse(const std::string& why) const { throw LedgerError(file_.string() + ": " + why); }

SqliteTransaction::SqliteTransaction(SqliteConnection& connection, Kind kind) : connection_(connection) {
  connection_.prepare(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

SqliteTransaction::~SqliteTransaction() {
  // Some failures have rolled back by themselves.
  if (!connection_.in_transaction()) return;
  try {
    connection_.prepare("ROLLBACK").run();
  } catch (const LedgerError&) {
    // The failure that led here is on its way to the caller; a transaction that cannot even be rolled back refuses the
    // next BEGIN.
  }
}

void SqliteTransaction::commit() { connection_.prepare("COMMIT").run(); }

}  // namespace gateway::ledger

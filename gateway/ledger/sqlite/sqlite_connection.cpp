#include "gateway/ledger/sqlite/sqlite_connection.h"

#include <cerrno>
#include <sqlite3.h>

#include "gateway/ledger/ledger_error.h"

namespace gateway::ledger::sqlite {

namespace {

constexpr int busy_timeout_milliseconds = 5000;

// What SQLite takes for an error of reading or writing may be a full disk too: a quota, the size that a file may have,
// a file system that finds no room only as the file is made durable.
bool is_full(int code, int system_error) {
  if ((code & 0xff) == SQLITE_FULL) return true;
  const bool has_no_room = system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
  return (code & 0xff) == SQLITE_IOERR && has_no_room;
}

Trouble trouble_of(int code, int system_error) {
  if (is_full(code, system_error)) return Trouble::no_room;
  switch (code & 0xff) {
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return Trouble::unusable;
    default:
      return Trouble::other;
  }
}

std::string what_to_do(int code, int system_error) {
  if (is_full(code, system_error)) {
    return "磁盘已满，未写入任何内容，请腾出空间 / the disk is full, nothing was written: free some space";
  }
  switch (code & 0xff) {
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

// What the system said of the last failure: sqlite3_system_errno is not kept up to date for the log.
int last_system_error(sqlite3* handle) {
  int error = 0;
  sqlite3_file* log = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log));
  if (log != nullptr && log->pMethods != nullptr) {
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, static_cast<void*>(&error));
  }
  if (error == 0) sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, static_cast<void*>(&error));
  return error;
}

// With what a path may not hold in a URI as it is (https://sqlite.org/uri.html).
std::string uri_of(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : file.string()) {
    switch (c) {
      case '%':
        uri += "%25";
        break;
      case '?':
        uri += "%3f";
        break;
      case '#':
        uri += "%23";
        break;
      default:
        uri += c;
    }
  }
  return uri;
}

int open(const std::filesystem::path& file, SqliteConnection::Opening opening, sqlite3*& handle) {
  constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (opening) {
    case SqliteConnection::Opening::to_look:
      return sqlite3_open_v2(file.c_str(), &handle, always | SQLITE_OPEN_READONLY, nullptr);
    case SqliteConnection::Opening::to_look_unchanging: {
      constexpr int from_uri = always | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
      return sqlite3_open_v2((uri_of(file) + "?immutable=1").c_str(), &handle, from_uri, nullptr);
    }
    case SqliteConnection::Opening::to_write:
      break;
  }
  return sqlite3_open_v2(file.c_str(), &handle, always | SQLITE_OPEN_READWRITE, nullptr);
}

class SqliteStatement final : public sql::PreparedStatement {
 public:
  SqliteStatement(const SqliteConnection& connection, sqlite3* handle, const std::string& text)
      : connection_(connection), handle_(handle) {
    const int code = sqlite3_prepare_v3(handle, text.c_str(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                                        &prepared_, nullptr);
    if (code != SQLITE_OK) connection_.fail(code);
  }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override { sqlite3_finalize(prepared_); }

  void bind(int parameter, std::int64_t value) override { sqlite3_bind_int64(prepared_, parameter, value); }
  void bind(int parameter, std::string_view text) override {
    const char* const start = text.empty() ? "" : text.data();  // a null pointer would be NULL
    sqlite3_bind_text64(prepared_, parameter, start, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bind(int parameter, sql::Blob blob) override {
    const char* const start = blob.bytes.empty() ? "" : blob.bytes.data();
    sqlite3_bind_blob64(prepared_, parameter, start, blob.bytes.size(), SQLITE_TRANSIENT);
  }
  void bind_null(int parameter, Kind) override { sqlite3_bind_null(prepared_, parameter); }

  bool step() override {
    const int code = sqlite3_step(prepared_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) connection_.fail(code);
    return code == SQLITE_ROW;
  }
  bool is_null(int column) override { return sqlite3_column_type(prepared_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) override { return sqlite3_column_int64(prepared_, column); }
  std::string_view bytes(int column) override {
    const auto* const start = static_cast<const char*>(sqlite3_column_blob(prepared_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_, column));
    return start == nullptr ? std::string_view() : std::string_view(start, size);
  }
  std::int64_t changed() override { return sqlite3_changes64(handle_); }
  std::int64_t added() override { return sqlite3_last_insert_rowid(handle_); }
  void reset() noexcept override {
    sqlite3_reset(prepared_);
    sqlite3_clear_bindings(prepared_);
  }

 private:
  const SqliteConnection& connection_;
  sqlite3* handle_;
  sqlite3_stmt* prepared_ = nullptr;
};

}  // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& file, Opening opening) : file_(file) {
  const int code = open(file, opening, handle_);
  if (code != SQLITE_OK) {
    const int system_error = sqlite3_system_errno(handle_);
    sqlite3_close_v2(handle_);
    throw LedgerError(file_.string() + ": " + what_to_do(code, system_error), trouble_of(code, system_error));
  }
  sqlite3_busy_timeout(handle_, busy_timeout_milliseconds);
}

SqliteConnection::~SqliteConnection() {
  forget_statements();
  sqlite3_close_v2(handle_);
}

std::unique_ptr<sql::PreparedStatement> SqliteConnection::make(const std::string& text) {
  return std::make_unique<SqliteStatement>(*this, handle_, text);
}

const sql::Dialect& SqliteConnection::dialect() const {
  // One connection writes, so what it has read stays as it is until it has written.
  static constexpr sql::Dialect dialect{
      .lock_rows = "",
      .skip_locked = "",
      .now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
      .session = "0",
      .order_of_moves = "m.cursor",
      .own_number = "",
  };
  return dialect;
}

void SqliteConnection::execute(const std::string& script) {
  const int code = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

// Every numbered column is the rowid. RETURNING would be slower: it makes a table of its own for each row.
std::string SqliteConnection::adding(std::string insert, std::string_view) const { return insert; }

std::int64_t SqliteConnection::changes() const { return sqlite3_total_changes64(handle_); }

void SqliteConnection::at_close(AtClose what) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, what == AtClose::leave_everything ? 1 : 0, nullptr);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void SqliteConnection::fail(int code) const {
  const int system_error = last_system_error(handle_);
  throw LedgerError(file_.string() + ": " + what_to_do(code, system_error) + " (" + sqlite3_errmsg(handle_) + ")",
                    trouble_of(code, system_error));
}

void SqliteConnection::refuse(const std::string& why) const { throw LedgerError(file_.string() + ": " + why); }

}  // namespace gateway::ledger::sqlite

// One SQLite connection with its prepared statements and transactions. Every failure throws LedgerError with words that
// say what to do. A connection and its statements belong to one thread at a time; a statement lives shorter than its
// connection.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "gateway/ledger/records.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gateway::ledger {

class SqliteConnection;

// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

class SqliteStatement {
 public:
  SqliteStatement(SqliteConnection& connection, std::string sql, sqlite3_stmt* prepared);
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement();

  // Binds the next parameters, in order.
  template <class... Values>
  SqliteStatement& bind(const Values&... values) {
    (put(values), ...);
    return *this;
  }
  bool step();  // true: there is a row
  void run();   // for what gives no rows
  // Reads the next columns of the row, in order.
  template <class... Values>
  void read(Values&... values) {
    (take(values), ...);
  }

 private:
  void put(std::int64_t value);
  void put(std::string_view text);
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const char* text) { put(std::string_view(text)); }
  void put(Blob blob);
  void put(base::Time time) { put(time.time_since_epoch().count()); }
  void put(State state) { put(lifecycle::word(state)); }
  template <std::integral Value>
  void put(Value value) {
    put(static_cast<std::int64_t>(value));
  }
  template <class Value>
  void put(const std::optional<Value>& value) {
    value ? put(*value) : put_null();
  }
  void put_null();

  void take(std::int64_t& value);
  void take(std::string& text);
  void take(base::Time& time);
  void take(State& state);
  template <std::integral Value>
  void take(Value& value) {
    std::int64_t wide = 0;
    take(wide);
    value = static_cast<Value>(wide);
  }
  template <class Value>
  void take(std::optional<Value>& value) {
    if (skip_null()) return value.reset();
    take(value.emplace());
  }
  bool skip_null();

  SqliteConnection& connection_;
  std::string sql_;
  sqlite3_stmt* prepared_;
  int parameter_ = 0;
  int column_ = 0;
};

class SqliteConnection {
 public:
  explicit SqliteConnection(const std::filesystem::path& file);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection();

  SqliteStatement prepare(std::string sql);
  void execute(const std::string& script);
  std::int64_t last_row() const;
  std::int64_t changed() const;  // rows of the last statement
  bool in_transaction() const;
  [[noreturn]] void fail(int code) const;
  [[noreturn]] void refuse(const std::string& why) const;

 private:
  friend class SqliteStatement;
  void give_back(std::string sql, sqlite3_stmt* prepared) noexcept;

  std::filesystem::path file_;
  sqlite3* handle_ = nullptr;
  std::map<std::string, std::vector<sqlite3_stmt*>> idle_;
};

// Rolls back unless it was committed.
class SqliteTransaction {
 public:
  enum class Kind { read, write };
  SqliteTransaction(SqliteConnection& connection, Kind kind);
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;
  ~SqliteTransaction();
  void commit();

 private:
  SqliteConnection& connection_;
};

}  // namespace gateway::ledger

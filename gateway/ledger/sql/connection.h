// A connection to a database with its prepared statements, alike for every kind of database: placeholders are ? or ?N,
// times are milliseconds. Every failure throws LedgerError with words that say what to do. A connection and its
// statements belong to one thread at a time; a statement lives shorter than its connection.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "gateway/ledger/records.h"
#include "gateway/ledger/sql/counts.h"

namespace gateway::ledger::sql {

class SqlConnection;

// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

// One prepared statement as its database runs it. Parameters count from 1, columns from 0.
class PreparedStatement {
 public:
  enum class Kind { integer, text, blob };

  virtual ~PreparedStatement() = default;
  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind(int parameter, std::string_view text) = 0;
  virtual void bind(int parameter, Blob blob) = 0;
  virtual void bind_null(int parameter, Kind kind) = 0;
  virtual bool step() = 0;  // true: there is a row
  virtual bool is_null(int column) = 0;
  virtual std::int64_t integer(int column) = 0;
  virtual std::string_view bytes(int column) = 0;  // until the next step
  virtual std::int64_t changed() = 0;              // rows, by what has been run
  virtual std::int64_t added() = 0;                // the number of the row that a SqlConnection::adding() has made
  virtual void reset() noexcept = 0;
};

// A statement in use. A connection may not forget its statements meanwhile.
class SqlStatement {
 public:
  using Idle = std::vector<std::unique_ptr<PreparedStatement>>;  // of one text
  SqlStatement(SqlConnection& connection, Idle& idle, std::unique_ptr<PreparedStatement> prepared);
  SqlStatement(const SqlStatement&) = delete;
  SqlStatement& operator=(const SqlStatement&) = delete;
  ~SqlStatement();

  // Binds the next parameters, in order.
  template <class... Values>
  SqlStatement& bind(const Values&... values) {
    (put(values), ...);
    return *this;
  }
  bool step();         // true: there is a row
  std::int64_t run();  // for what gives no rows: how many it changed
  // Reads the next columns of the row, in order.
  template <class... Values>
  void read(Values&... values) {
    (take(values), ...);
  }
  // For what gives one row with one number.
  std::int64_t number();
  // For what SqlConnection::adding() made: runs it and gives the number of the new row.
  std::int64_t added();

 private:
  using Kind = PreparedStatement::Kind;

  void put(std::int64_t value) { prepared_->bind(++parameter_, value); }
  void put(std::string_view text) { prepared_->bind(++parameter_, text); }
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const char* text) { put(std::string_view(text)); }
  void put(Blob blob) { prepared_->bind(++parameter_, blob); }
  void put(base::Time time) { put(static_cast<std::int64_t>(time.time_since_epoch().count())); }
  void put(State state) { put(lifecycle::word(state)); }
  template <std::integral Value>
  void put(Value value) {
    put(static_cast<std::int64_t>(value));
  }
  template <class Value>
  void put(const std::optional<Value>& value) {
    constexpr bool is_number = std::integral<Value> || std::same_as<Value, base::Time>;
    constexpr Kind kind = is_number ? Kind::integer : std::same_as<Value, Blob> ? Kind::blob : Kind::text;
    value ? put(*value) : prepared_->bind_null(++parameter_, kind);
  }

  void take(std::int64_t& value) { value = prepared_->integer(column_++); }
  void take(std::string& text) { text = prepared_->bytes(column_++); }
  void take(base::Time& time) { time = base::Time(base::Time::duration(prepared_->integer(column_++))); }
  void take(State& state);
  template <std::integral Value>
  void take(Value& value) {
    std::int64_t wide = 0;
    take(wide);
    value = static_cast<Value>(wide);
  }
  template <class Value>
  void take(std::optional<Value>& value) {
    if (prepared_->is_null(column_)) {
      ++column_;
      value.reset();
    } else {
      take(value.emplace());
    }
  }

  SqlConnection& connection_;
  Idle& idle_;
  std::unique_ptr<PreparedStatement> prepared_;
  int parameter_ = 0;
  int column_ = 0;
};

// Where the databases differ in what they are to be told.
struct Dialect {
  std::string_view lock_rows;       // behind a SELECT whose rows are about to be changed
  std::string_view skip_locked;     // likewise, leaving out what another gateway has in hand
  std::string_view now;             // the database's own clock, in milliseconds
  std::string_view session;         // a number for whoever writes beside others
  std::string_view order_of_moves;  // the column of `moves m` that follows their writing
  std::string_view own_number;      // before the VALUES of an INSERT that brings a number the database would give
};

class SqlConnection {
 public:
  SqlConnection() = default;
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;
  virtual ~SqlConnection() = default;

  SqlStatement prepare(const std::string& sql);
  // An INSERT of one row, whose `column` the database numbers: for prepare() and SqlStatement::added().
  virtual std::string adding(std::string insert, std::string_view column) const = 0;
  virtual void execute(const std::string& script) = 0;
  virtual const Dialect& dialect() const = 0;
  Counts& counts() { return counts_; }  // of the transaction that is open
  [[noreturn]] virtual void refuse(const std::string& why) const = 0;

 protected:
  virtual std::unique_ptr<PreparedStatement> make(const std::string& sql) = 0;
  void forget_statements() { idle_.clear(); }  // before the connection goes

 private:
  std::unordered_map<std::string, SqlStatement::Idle> idle_;  // by their text
  Counts counts_;
};

}  // namespace gateway::ledger::sql

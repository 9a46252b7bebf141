// One connection to PostgreSQL, made by a postgresql:// address. Statements have a deadline of half a minute.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "gateway/ledger/ledger_error.h"
#include "gateway/ledger/sql/connection.h"

struct pg_conn;

namespace gateway::ledger::postgres {

// The database took the transaction back because of another one: the same work may be done again.
class TakenBack : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class PostgresConnection final : public sql::SqlConnection {
 public:
  explicit PostgresConnection(const std::string& url);  // throws LedgerError if the database cannot be reached
  ~PostgresConnection() override;

  void execute(const std::string& script) override;
  const sql::Dialect& dialect() const override;
  std::string adding(std::string insert, std::string_view column) const override;
  [[noreturn]] void refuse(const std::string& why) const override { refuse(why, Trouble::other); }
  [[noreturn]] void refuse(const std::string& why, Trouble trouble) const;

  // Makes the connection anew where it was lost since the last transaction.
  void begin(const std::string& statement);
  pg_conn* handle() const { return handle_; }

 protected:
  std::unique_ptr<sql::PreparedStatement> make(const std::string& text) override;

 private:
  void connect_anew();

  pg_conn* handle_ = nullptr;
  std::string place_;  // host and database, without a password
  int prepared_ = 0;
};

}  // namespace gateway::ledger::postgres

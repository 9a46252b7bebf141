#include "gateway/ledger/postgres/postgres_connection.h"

#include <array>
#include <libpq-fe.h>

#include "gateway/ledger/postgres/postgres_fault.h"
#include "gateway/ledger/postgres/postgres_statement.h"

namespace gateway::ledger::postgres {

namespace {

// Milliseconds. Nobody waits for ever: neither for a statement, nor for a row that a gateway that hangs has locked.
constexpr const char* deadlines =
    "-c statement_timeout=30000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000 "
    "-c search_path=cebgate -c client_min_messages=warning -c jit=off";

pg_conn* connect(const std::string& url) {
  constexpr int expands_address = 1;
  const std::array<const char*, 8> names{"dbname",          "application_name", "connect_timeout", "client_encoding",
                                         "keepalives_idle", "tcp_user_timeout", "options",         nullptr};
  const std::array<const char*, 8> values{url.c_str(), "cebgate", "5", "UTF8", "10", "20000", deadlines, nullptr};
  return PQconnectdbParams(names.data(), values.data(), expands_address);
}

std::string name_of(const pg_conn* handle) {
  const char* const host = PQhost(handle);
  const char* const database = PQdb(handle);
  return "postgresql://" + std::string(host == nullptr ? "" : host) + "/" + (database == nullptr ? "" : database);
}

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url) : handle_(connect(url)) {
  place_ = name_of(handle_);
  if (PQstatus(handle_) == CONNECTION_OK) return;
  const std::string said = handle_ == nullptr ? "no memory" : PQerrorMessage(handle_);
  PQfinish(handle_);
  throw LedgerError(place_ +
                    ": 无法连接数据库，请检查地址、用户、口令，以及数据库是否已启动 / the database cannot be reached: "
                    "check address, user and password, and whether it runs (" +
                    said.substr(0, said.find('\n')) + ")");
}

PostgresConnection::~PostgresConnection() {
  forget_statements();
  PQfinish(handle_);
}

void PostgresConnection::execute(const std::string& script) {
  PGresult* const result = PQexec(handle_, script.c_str());
  const auto status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> held(result, PQclear);
    fail(*this, held.get());
  }
  PQclear(result);
}

const sql::Dialect& PostgresConnection::dialect() const {
  static constexpr sql::Dialect dialect{
      .lock_rows = " FOR UPDATE",
      .skip_locked = " FOR UPDATE SKIP LOCKED",
      .now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
      .session = "pg_backend_pid() % 64",
      .order_of_moves = "m.row",
      .own_number = " OVERRIDING SYSTEM VALUE",
  };
  return dialect;
}

std::string PostgresConnection::adding(std::string insert, std::string_view column) const {
  return insert.append(" RETURNING ").append(column);
}

void PostgresConnection::refuse(const std::string& why, Trouble trouble) const {
  throw LedgerError(place_ + ": " + why, trouble);
}

// That the database has gone and come back shows with the first statement only; nothing is lost by trying twice.
void PostgresConnection::begin(const std::string& statement) {
  if (PQstatus(handle_) != CONNECTION_OK || PQtransactionStatus(handle_) != PQTRANS_IDLE) connect_anew();
  try {
    execute(statement);
  } catch (const LedgerError&) {
    connect_anew();
    execute(statement);
  }
}

void PostgresConnection::connect_anew() {
  forget_statements();
  PQreset(handle_);
  if (PQstatus(handle_) != CONNECTION_OK) fail(*this, nullptr);
}

std::unique_ptr<sql::PreparedStatement> PostgresConnection::make(const std::string& text) {
  return std::make_unique<PostgresStatement>(*this, "s" + std::to_string(++prepared_), text);
}

}  // namespace gateway::ledger::postgres

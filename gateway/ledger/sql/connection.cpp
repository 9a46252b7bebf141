#include "gateway/ledger/sql/connection.h"

#include <utility>

namespace gateway::ledger::sql {

SqlStatement::SqlStatement(SqlConnection& connection, std::string sql, std::unique_ptr<PreparedStatement> prepared)
    : connection_(connection), sql_(std::move(sql)), prepared_(std::move(prepared)) {}

SqlStatement::~SqlStatement() { connection_.give_back(std::move(sql_), std::move(prepared_)); }

bool SqlStatement::step() {
  column_ = 0;
  return prepared_->step();
}

std::int64_t SqlStatement::run() {
  while (step()) continue;
  return prepared_->changed();
}

std::int64_t SqlStatement::number() {
  if (!step()) connection_.refuse("账本没有给出应有的一行 / the ledger gives no row where there has to be one");
  std::int64_t number = 0;
  read(number);
  return number;
}

void SqlStatement::take(State& state) {
  std::string text;
  take(text);
  const auto read = lifecycle::read_state(text);
  if (!read) connection_.refuse("账本中有不认识的状态 / the ledger holds an unknown state: " + text);
  state = *read;
}

SqlStatement SqlConnection::prepare(std::string sql) {
  const auto idle = idle_.find(sql);
  if (idle == idle_.end() || idle->second.empty()) {
    auto prepared = make(sql);
    return {*this, std::move(sql), std::move(prepared)};
  }
  auto prepared = std::move(idle->second.back());
  idle->second.pop_back();
  return {*this, std::move(sql), std::move(prepared)};
}

void SqlConnection::give_back(std::string sql, std::unique_ptr<PreparedStatement> prepared) noexcept {
  prepared->reset();
  idle_[std::move(sql)].push_back(std::move(prepared));
}

}  // namespace gateway::ledger::sql

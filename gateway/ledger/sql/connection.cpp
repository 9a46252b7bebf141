#include "gateway/ledger/sql/connection.h"

#include <utility>

namespace gateway::ledger::sql {

SqlStatement::SqlStatement(SqlConnection& connection, Idle& idle, std::unique_ptr<PreparedStatement> prepared)
    : connection_(connection), idle_(idle), prepared_(std::move(prepared)) {}

SqlStatement::~SqlStatement() {
  prepared_->reset();
  idle_.push_back(std::move(prepared_));
}

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

std::int64_t SqlStatement::added() {
  step();
  return prepared_->added();
}

void SqlStatement::take(State& state) {
  std::string text;
  take(text);
  const auto read = lifecycle::read_state(text);
  if (!read) connection_.refuse("账本中有不认识的状态 / the ledger holds an unknown state: " + text);
  state = *read;
}

SqlStatement SqlConnection::prepare(const std::string& sql) {
  auto& idle = idle_[sql];
  if (idle.empty()) return {*this, idle, make(sql)};
  auto prepared = std::move(idle.back());
  idle.pop_back();
  return {*this, idle, std::move(prepared)};
}

}  // namespace gateway::ledger::sql

// What persons ordered of ports, and the work of each.
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view order_columns =
    "SELECT port, paused_by, paused_reason, paused_at, most_at_once FROM port_orders";

PortOrders read_orders(SqlStatement& row) {
  PortOrders orders;
  PortPause pause;
  std::optional<base::Time> paused_at;
  row.read(orders.port, pause.by, pause.reason, paused_at, orders.most_at_once);
  if (paused_at) {
    pause.at = *paused_at;
    orders.pause = pause;
  }
  return orders;
}

// A pause that goes on stays as it was begun.
void write_order(SqlConnection& connection, const PortCommand& command) {
  switch (command.order) {
    case PortOrder::pause:
      connection
          .prepare(
              "UPDATE port_orders SET paused_by = ?, paused_reason = ?, paused_at = ? "
              "WHERE port = ? AND paused_at IS NULL")
          .bind(command.by, command.reason, command.at, command.port)
          .run();
      break;
    case PortOrder::resume:
      connection.prepare("UPDATE port_orders SET paused_by = '', paused_reason = '', paused_at = NULL WHERE port = ?")
          .bind(command.port)
          .run();
      break;
    case PortOrder::set_concurrency:
      connection.prepare("UPDATE port_orders SET most_at_once = ? WHERE port = ?")
          .bind(command.most_at_once, command.port)
          .run();
      break;
  }
}

void add_port_act(SqlConnection& connection, const PortCommand& command) {
  Act act{.at = command.at, .by = command.by, .kind = ActKind::port};
  act.subject = "ports/" + command.port;
  const std::string what = command.order == PortOrder::set_concurrency
                               ? "most_at_once " + std::to_string(command.most_at_once)
                               : std::string(word(command.order));
  act.reason = what + ": " + command.reason;
  add_act(connection, std::move(act));
}

void read_waiting(SqlConnection& connection, const PortWorkQuery& query, PortWork& work) {
  const Conditions whose = those_in("enterprise", query.enterprises);
  auto row = connection.prepare(
      "SELECT count(*), min(created_at) FROM documents WHERE newest = 1 "
      "AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed') AND port = ?" +
      whose.text());
  row.bind(query.port);
  whose.bind(row);
  if (row.step()) row.read(work.waiting, work.oldest_waiting);
}

void read_windows(SqlConnection& connection, const PortWorkQuery& query, PortWork& work) {
  if (query.dxp_ids && query.dxp_ids->empty()) return;
  const Conditions whose = those_in("dxp_id", query.dxp_ids.value_or(std::vector<std::string>{}));
  auto rows = connection.prepare("SELECT source, dxp_id, read_up_to FROM windows WHERE port = ?" + whose.text() +
                                 " ORDER BY source, dxp_id");
  rows.bind(query.port);
  whose.bind(rows);
  while (rows.step()) {
    PortWindow& window = work.windows.emplace_back();
    rows.read(window.source, window.dxp_id, window.read_up_to);
  }
}

void read_errors(SqlConnection& connection, const PortWorkQuery& query, PortWork& work) {
  const Conditions whose = those_in("m.enterprise", query.enterprises);
  auto rows = connection.prepare(
      "SELECT d.at, d.outcome, d.answer FROM (SELECT number, message, at, outcome, answer FROM deliveries "
      "WHERE outcome IN ('unreachable', 'unknown', 'refused') ORDER BY number DESC LIMIT ?) AS d "
      "JOIN messages m ON m.row = d.message WHERE m.port = ?" +
      whose.text() + " ORDER BY d.number DESC LIMIT ?");
  rows.bind(Ledger::most_errors_looked_at, query.port);
  whose.bind(rows);
  rows.bind(Ledger::most_errors_shown);
  while (rows.step()) {
    PortError& error = work.last_errors.emplace_back();
    std::string outcome;
    rows.read(error.at, outcome, error.answer);
    error.outcome = outcome_of(outcome);
  }
}

}  // namespace

std::vector<PortOrders> SqlLedger::port_orders() {
  return look([](SqlConnection& connection) {
    std::vector<PortOrders> all;
    auto rows = connection.prepare(std::string(order_columns) + " ORDER BY port");
    while (rows.step()) all.push_back(read_orders(rows));
    return all;
  });
}

PortOrders SqlLedger::order_port(const PortCommand& command) {
  return *write([&](SqlConnection& connection) {
    connection.prepare("INSERT INTO port_orders (port) VALUES (?) ON CONFLICT (port) DO NOTHING")
        .bind(command.port)
        .run();
    write_order(connection, command);
    add_port_act(connection, command);
    auto row = connection.prepare(std::string(order_columns) + " WHERE port = ?");
    row.bind(command.port);
    row.step();
    return std::optional(read_orders(row));
  });
}

PortWork SqlLedger::port_work(const PortWorkQuery& query) {
  return look([&](SqlConnection& connection) {
    PortWork work;
    read_waiting(connection, query, work);
    read_windows(connection, query, work);
    read_errors(connection, query, work);
    return work;
  });
}

}  // namespace gateway::ledger::sql

#include "gateway/ledger/sql/siblings.h"

#include <set>

#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

// The name of a version alone: nobody else has it.
constexpr std::string_view of_itself = "guid";

bool anything_waits(SqlConnection& connection) {
  return connection.prepare("SELECT 1 FROM documents WHERE waits_until IS NOT NULL LIMIT 1").step();
}

std::set<std::int64_t> waiting_with(SqlConnection& connection, const Number& number, const std::string& enterprise) {
  auto rows = connection.prepare(
      "SELECT DISTINCT d.row FROM numbers b JOIN numbers c ON c.document = b.document "
      "JOIN numbers e ON e.value = c.value AND e.kind = c.kind JOIN documents d ON d.row = e.document "
      "WHERE b.value = ?1 AND b.kind = ?2 AND c.kind <> 'guid' AND d.waits_until IS NOT NULL "
      "AND (?3 = '' OR d.enterprise = ?3)");
  rows.bind(number.value, number.kind, enterprise);
  std::set<std::int64_t> waiting;
  while (rows.step()) {
    std::int64_t row = 0;
    rows.read(row);
    waiting.insert(row);
  }
  return waiting;
}

}  // namespace

void add_numbers_of(SqlConnection& connection, std::int64_t document, std::vector<Number>& numbers) {
  auto rows = connection.prepare("SELECT kind, value FROM numbers WHERE document = ? ORDER BY kind, value");
  rows.bind(document);
  while (rows.step()) {
    Number number;
    rows.read(number.kind, number.value);
    if (number.kind != of_itself) numbers.push_back(std::move(number));
  }
}

void wake_waiting(SqlConnection& connection, std::span<const Number> numbers, const std::string& enterprise,
                  base::Time now) {
  if (!anything_waits(connection)) return;
  std::set<std::int64_t> waiting;
  for (const Number& number : numbers) waiting.merge(waiting_with(connection, number, enterprise));
  for (const std::int64_t row : waiting) {
    connection
        .prepare("UPDATE documents SET due = ?, revision = revision + 1 WHERE row = ? AND waits_until IS NOT NULL")
        .bind(now, row)
        .run();
  }
}

std::vector<Standing> SqlLedger::documents_with(const std::string& type, const Number& number) {
  return look([&](SqlConnection& connection) {
    std::vector<Standing> found;
    auto rows = connection.prepare(standing_query(
        "d.row IN (SELECT document FROM numbers WHERE value = ? AND kind = ?) AND d.newest > 0 AND d.type = ? "
        "ORDER BY d.row DESC LIMIT ?"));
    rows.bind(number.value, number.kind, type, most_alike);
    while (rows.step()) found.push_back(standing_from(connection, rows));
    return found;
  });
}

std::vector<WaitingDocument> SqlLedger::waiting_for_siblings(base::Time now, std::size_t most) {
  return look([&](SqlConnection& connection) {
    std::vector<WaitingDocument> waiting;
    auto rows = connection.prepare(
        "SELECT d.id, d.version, d.type, d.key, d.enterprise, b.body, d.reason, d.revision, d.created_at, "
        "d.waits_until "
        "FROM documents d JOIN document_bodies b ON b.document = d.row "
        "WHERE d.waits_until IS NOT NULL AND d.due <= ? ORDER BY d.due, d.row LIMIT ?");
    rows.bind(now, most);
    while (rows.step()) {
      WaitingDocument& one = waiting.emplace_back();
      rows.read(one.ref.id, one.ref.version, one.type, one.key, one.enterprise, one.body, one.reason, one.revision,
                one.created_at, one.waits_until);
    }
    return waiting;
  });
}

bool SqlLedger::wait_on(const Move& move, base::Time now) {
  return write([&](SqlConnection& connection) {
    const auto place = place_of(connection, move);
    if (!place) return false;
    if (place->picture != move.to) {
      write_step(connection, *place, {move.to, move.due, move.by, now, {}}, Tell::always);
    } else {
      connection.prepare("UPDATE documents SET due = ? WHERE row = ?").bind(move.due, place->row).run();
    }
    return true;
  });
}

bool SqlLedger::let_go(const Move& move, base::Time now) {
  return write([&](SqlConnection& connection) {
    const auto place = place_of(connection, move);
    if (!place) return false;
    write_step(connection, *place, {move.to, now, move.by, now, {}}, Tell::if_changed);
    connection.prepare("UPDATE documents SET waits_until = NULL WHERE row = ?").bind(place->row).run();
    return true;
  });
}

}  // namespace gateway::ledger::sql

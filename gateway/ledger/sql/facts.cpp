// What the reporting of facts asks of the ledger.
#include <algorithm>
#include <functional>
#include <map>

#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/siblings.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view columns =
    "SELECT f.row, f.enterprise, f.type, f.key, f.number, f.document, f.status, f.client, f.reported_at FROM facts f ";

Fact read_fact(SqlStatement& row) {
  Fact fact;
  row.read(fact.row, fact.enterprise, fact.type, fact.key, fact.number, fact.document, fact.status, fact.client,
           fact.reported_at);
  return fact;
}

void drop_fact(SqlConnection& connection, std::int64_t row) {
  connection.prepare("DELETE FROM fact_numbers WHERE fact = ?").bind(row).run();
  connection.prepare("DELETE FROM facts WHERE row = ?").bind(row).run();
}

void drop_old_facts(SqlConnection& connection, base::Time before) {
  connection.prepare("DELETE FROM fact_numbers WHERE fact IN (SELECT row FROM facts WHERE reported_at < ?)")
      .bind(before)
      .run();
  connection.prepare("DELETE FROM facts WHERE reported_at < ?").bind(before).run();
}

std::optional<Fact> fact_of(SqlConnection& connection, const Fact& like) {
  auto row = connection.prepare(std::string(columns) + "WHERE f.enterprise = ? AND f.key = ?");
  row.bind(like.enterprise, like.key);
  return row.step() ? std::optional(read_fact(row)) : std::nullopt;
}

Ledger::KeptFact keep_fact(SqlConnection& connection, const Fact& fact, base::Time now) {
  const auto before = fact_of(connection, fact);
  if (before && before->document == fact.document && before->status == fact.status) return Ledger::KeptFact::known;
  if (before) drop_fact(connection, before->row);
  const auto row =
      connection
          .prepare(connection.adding("INSERT INTO facts (enterprise, type, key, number, document, status, client, "
                                     "reported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                     "row"))
          .bind(fact.enterprise, fact.type, fact.key, fact.number, fact.document, fact.status, fact.client, now)
          .added();
  for (const Number& number : fact.numbers) {
    connection.prepare("INSERT INTO fact_numbers (value, kind, fact) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(number.value, number.kind, row)
        .run();
  }
  return before ? Ledger::KeptFact::replaced : Ledger::KeptFact::added;
}

Conditions conditions_of(const FactQuery& query) {
  Conditions conditions;
  conditions.add_if_asked("f.type = ?", query.type);
  if (query.key) conditions.add("(f.key = ? OR f.number = ?)", *query.key, *query.key);
  conditions.add_if_asked("f.reported_at >= ?", query.since);
  conditions.add_if_asked("f.reported_at < ?", query.until);
  if (const auto cursor = read_cursor(query.cursor)) {
    conditions.add("(f.reported_at, f.row) < (?, ?)", cursor->at, cursor->row);
  }
  return conditions;
}

Cursor place_of_fact(const Fact& fact) { return {fact.reported_at.time_since_epoch().count(), fact.row}; }

void read_facts(SqlConnection& connection, const Conditions& conditions, std::size_t most, std::vector<Fact>& facts) {
  auto rows = connection.prepare(std::string(columns) + "WHERE 1 = 1" + conditions.text() +
                                 " ORDER BY f.reported_at DESC, f.row DESC LIMIT ?");
  conditions.bind(rows);
  rows.bind(most);
  while (rows.step()) facts.push_back(read_fact(rows));
}

}  // namespace

std::vector<Ledger::KeptFact> SqlLedger::keep_facts(std::span<const Fact> facts, base::Time now) {
  std::vector<KeptFact> kept;
  write([&](SqlConnection& connection) {
    kept.clear();
    drop_old_facts(connection, now - facts_are_kept_for);
    std::map<std::string, std::vector<Number>> waking;  // by enterprise
    for (const Fact& fact : facts) {
      kept.push_back(keep_fact(connection, fact, now));
      auto& numbers = waking[fact.enterprise];
      numbers.insert(numbers.end(), fact.numbers.begin(), fact.numbers.end());
    }
    for (const auto& [enterprise, numbers] : waking) wake_waiting(connection, numbers, enterprise, now);
    return true;
  });
  return kept;
}

FactPage SqlLedger::facts(const FactQuery& query) {
  if (query.limit == 0 || (!query.cursor.empty() && !read_cursor(query.cursor))) return {};
  return look([&](SqlConnection& connection) {
    FactPage page;
    for (const auto& enterprise : shown(query.enterprise, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("f.enterprise = ?", enterprise);
      read_facts(connection, conditions, query.limit + 1, page.facts);
    }
    std::ranges::sort(page.facts, std::greater(), place_of_fact);
    if (page.facts.size() > query.limit) {
      page.facts.resize(query.limit);
      page.next = written(place_of_fact(page.facts.back()));
    }
    return page;
  });
}

std::vector<Fact> SqlLedger::facts_with(const std::string& enterprise, const std::string& type, const Number& number) {
  return look([&](SqlConnection& connection) {
    std::vector<Fact> found;
    auto rows = connection.prepare(std::string(columns) +
                                   "JOIN fact_numbers n ON n.fact = f.row WHERE n.value = ? AND n.kind = ? "
                                   "AND f.enterprise = ? AND f.type = ? ORDER BY f.row DESC LIMIT ?");
    rows.bind(number.value, number.kind, enterprise, type, most_alike);
    while (rows.step()) found.push_back(read_fact(rows));
    return found;
  });
}

}  // namespace gateway::ledger::sql

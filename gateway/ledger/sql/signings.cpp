#include <algorithm>
#include <functional>

#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

Conditions conditions_of(const SigningQuery& query) {
  Conditions conditions;
  conditions.add_if_asked("client = ?", query.client);
  conditions.add_if_asked("at >= ?", query.since);
  conditions.add_if_asked("at < ?", query.until);
  if (const auto cursor = read_cursor(query.cursor)) {
    conditions.add("(at, number) < (?, ?)", cursor->at, cursor->row);
  }
  return conditions;
}

Cursor place_of_signing(const Signing& signing) { return {signing.at.time_since_epoch().count(), signing.number}; }

Signing read_signing(SqlStatement& row) {
  Signing signing;
  std::string kind, outcome;
  row.read(signing.number, signing.at, signing.client, signing.enterprise, kind, signing.bytes, signing.digest,
           signing.type, signing.manner, signing.serial, outcome, signing.reason);
  signing.kind = kind == word(SigningKind::xml) ? SigningKind::xml : SigningKind::text;
  signing.outcome = outcome == word(SigningOutcome::made) ? SigningOutcome::made : SigningOutcome::refused;
  return signing;
}

void read_signings(SqlConnection& connection, const Conditions& conditions, std::size_t most,
                   std::vector<Signing>& signings) {
  auto rows = connection.prepare(
      "SELECT number, at, client, enterprise, kind, bytes, digest, type, manner, serial, outcome, reason "
      "FROM signings WHERE 1 = 1" +
      conditions.text() + " ORDER BY at DESC, number DESC LIMIT ?");
  conditions.bind(rows);
  rows.bind(most);
  while (rows.step()) signings.push_back(read_signing(rows));
}

}  // namespace

std::int64_t SqlLedger::record_signing(const Signing& signing) {
  return *write([&](SqlConnection& connection) {
    return std::optional(connection
                             .prepare(connection.adding("INSERT INTO signings (at, client, enterprise, kind, bytes, "
                                                        "digest, type, manner, serial, outcome, reason) "
                                                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                                        "number"))
                             .bind(signing.at, signing.client, signing.enterprise, word(signing.kind), signing.bytes,
                                   signing.digest, signing.type, signing.manner, signing.serial, word(signing.outcome),
                                   signing.reason)
                             .added());
  });
}

SigningPage SqlLedger::signings(const SigningQuery& query) {
  if (query.limit == 0 || (!query.cursor.empty() && !read_cursor(query.cursor))) return {};
  return look([&](SqlConnection& connection) {
    SigningPage page;
    for (const auto& enterprise : shown(query.enterprise, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("enterprise = ?", enterprise);
      read_signings(connection, conditions, query.limit + 1, page.signings);
    }
    std::ranges::sort(page.signings, std::greater(), place_of_signing);
    if (page.signings.size() > query.limit) {
      page.signings.resize(query.limit);
      page.next = written(place_of_signing(page.signings.back()));
    }
    return page;
  });
}

}  // namespace gateway::ledger::sql

#include "gateway/ledger/sqlite_ledger_rows.h"

namespace gateway::ledger {

namespace {

void read_receipts(SqliteConnection& connection, std::int64_t document, Standing& standing) {
  auto rows =
      connection.prepare("SELECT status, returned_at, row, return_info FROM receipts WHERE document = ? ORDER BY row");
  rows.bind(document);
  while (rows.step()) {
    auto& fact = standing.receipts.emplace_back();
    rows.read(fact.status, fact.returned_at, fact.arrival, fact.info);
  }
}

void read_learnt(SqliteConnection& connection, std::int64_t document, Standing& standing) {
  auto rows = connection.prepare(
      "SELECT kind, value FROM numbers WHERE document = ? AND kind IN ('preNo', 'invtNo') ORDER BY kind, value");
  rows.bind(document);
  while (rows.step()) {
    Number number;
    rows.read(number.kind, number.value);
    standing.learnt.insert_or_assign(std::move(number.kind), std::move(number.value));
  }
}

}  // namespace

Summary read_summary(SqliteStatement& row) {
  Summary summary;
  row.read(summary.id, summary.type, summary.key, summary.number, summary.enterprise, summary.port, summary.version,
           summary.picture.state, summary.picture.stage, summary.picture.outcome, summary.picture.reason,
           summary.created_at);
  return summary;
}

std::string standing_query(std::string_view condition) {
  return "SELECT " + std::string(summary_columns) +
         ", d.guid, d.app_type, d.app_status, d.app_time, d.content_digest, d.body, d.dxp_id, d.deliveries_begun, "
         "d.revision, d.row FROM documents d WHERE " +
         std::string(condition);
}

Standing standing_from(SqliteConnection& connection, SqliteStatement& row) {
  Standing standing;
  standing.summary = read_summary(row);
  std::int64_t document = 0;
  row.read(standing.guid, standing.app_type, standing.app_status, standing.app_time, standing.content_digest,
           standing.body, standing.dxp_id, standing.deliveries_begun, standing.revision, document);
  read_receipts(connection, document, standing);
  read_learnt(connection, document, standing);
  return standing;
}

std::optional<Place> place_of(SqliteConnection& connection, const Move& move) {
  auto row = connection.prepare(
      "SELECT row, message, state, stage, outcome, reason FROM documents "
      "WHERE id = ? AND version = ? AND revision = ? AND state = ?");
  row.bind(move.ref.id, move.ref.version, move.revision, move.from);
  if (!row.step()) return std::nullopt;
  Place place;
  row.read(place.row, place.message, place.picture.state, place.picture.stage, place.picture.outcome,
           place.picture.reason);
  return place;
}

void write_step(SqliteConnection& connection, const Place& place, const Step& step, Tell tell) {
  const Picture& to = step.to;
  connection
      .prepare(
          "UPDATE documents SET state = ?, stage = ?, outcome = ?, reason = ?, due = ?, revision = revision + 1 "
          "WHERE row = ?")
      .bind(to.state, to.stage, to.outcome, to.reason, step.due, place.row)
      .run();
  // What is to be sealed anew is in no message any more.
  if (to.state == State::accepted) {
    connection.prepare("UPDATE documents SET message = NULL WHERE row = ?").bind(place.row).run();
  }
  if (place.message) refresh_due(connection, *place.message);
  if (tell == Tell::always || place.picture != to) add_move(connection, place, step);
}

void add_move(SqliteConnection& connection, const Place& place, const Step& step) {
  connection
      .prepare(
          "INSERT INTO moves (document, enterprise, at, from_state, to_state, stage, outcome, reason, by) "
          "SELECT row, enterprise, ?, ?, ?, ?, ?, ?, ? FROM documents WHERE row = ?")
      .bind(step.at, place.picture.state, step.to.state, step.to.stage, step.to.outcome, step.to.reason, step.by,
            place.row)
      .run();
}

void refresh_due(SqliteConnection& connection, std::int64_t message) {
  connection
      .prepare(
          "UPDATE messages SET due = (SELECT min(due) FROM documents "
          "WHERE message = ?1 AND state IN ('sealed', 'deferred', 'unconfirmed')) WHERE row = ?1")
      .bind(message)
      .run();
}

void add_numbers(SqliteConnection& connection, std::int64_t document, std::span<const Number> numbers) {
  for (const Number& number : numbers) {
    connection.prepare("INSERT OR IGNORE INTO numbers (value, kind, document) VALUES (?, ?, ?)")
        .bind(number.value, number.kind, document)
        .run();
  }
}

std::string moves_query(std::string_view rest) {
  return "SELECT m.cursor, m.at, d.id, d.key, d.type, d.version, m.from_state, m.to_state, m.stage, m.outcome, "
         "m.reason, m.by FROM moves m JOIN documents d ON d.row = m.document WHERE 1" +
         std::string(rest);
}

std::vector<MoveRow> read_moves(SqliteStatement& rows) {
  std::vector<MoveRow> moves;
  while (rows.step()) {
    MoveRow& move = moves.emplace_back();
    rows.read(move.cursor, move.at, move.id, move.key, move.type, move.version, move.from, move.to, move.stage,
              move.outcome, move.reason, move.by);
  }
  return moves;
}

}  // namespace gateway::ledger

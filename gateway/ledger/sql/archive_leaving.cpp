// Documents leave the ledger for the archive, and what they alone needed goes with them.
#include "gateway/ledger/sql/archive.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view all_versions = "(SELECT row FROM documents WHERE id = ?1)";

std::int64_t name_file(SqlConnection& connection, const ArchiveFile& file) {
  auto known = connection.prepare("SELECT row FROM archive_files WHERE name = ?");
  known.bind(file.name);
  if (known.step()) {
    std::int64_t row = 0;
    known.read(row);
    return row;
  }
  return connection
      .prepare("INSERT INTO archive_files (name, digest, written_at, newest_change) VALUES (?, ?, ?, ?) RETURNING row")
      .bind(file.name, file.digest, file.written_at, file.newest_change)
      .number();
}

std::vector<std::int64_t> numbers_in(SqlConnection& connection, const std::string& query, const std::string& id) {
  std::vector<std::int64_t> numbers;
  auto rows = connection.prepare(query + std::string(all_versions));
  rows.bind(id);
  while (rows.step()) rows.read(numbers.emplace_back());
  return numbers;
}

void keep_small_row(SqlConnection& connection, const WrittenDocument& document, std::int64_t file) {
  const auto row =
      connection
          .prepare(
              "INSERT INTO archived (id, type, key, number, enterprise, port, dxp_id, version, guid, content_digest, "
              "state, stage, outcome, reason, created_at, file, place, length, digest) "
              "SELECT id, type, key, number, enterprise, port, dxp_id, version, guid, content_digest, state, stage, "
              "outcome, reason, created_at, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS TEXT) "
              "FROM documents WHERE id = ? AND newest > 0 RETURNING row")
          .bind(file, document.place.offset, document.place.length, document.place.digest, document.id)
          .number();
  connection
      .prepare(
          "INSERT INTO archived_numbers (value, kind, archived) SELECT DISTINCT value, kind, CAST(?2 AS BIGINT) "
          "FROM numbers WHERE document IN " +
          std::string(all_versions) +
          " UNION SELECT m.guid, 'guid', CAST(?2 AS BIGINT) FROM messages m JOIN message_documents p "
          "ON p.message = m.row WHERE p.document IN " +
          std::string(all_versions))
      .bind(document.id, row)
      .run();
}

bool has_any(SqlConnection& connection, const std::string& query, std::int64_t of) {
  auto row = connection.prepare(query);
  row.bind(of);
  return row.step();
}

void let_go_of_message(SqlConnection& connection, std::int64_t message) {
  if (has_any(connection, "SELECT 1 FROM message_documents WHERE message = ?", message)) return;
  for (const char* const what : {"DELETE FROM deliveries WHERE message = ?",
                                 "DELETE FROM message_bytes WHERE message = ?", "DELETE FROM messages WHERE row = ?"}) {
    connection.prepare(what).bind(message).run();
  }
}

void drop_inbound(SqlConnection& connection, std::int64_t inbound) {
  auto row = connection.prepare("SELECT state FROM inbound WHERE row = ?");
  row.bind(inbound);
  std::string state;
  if (!row.step()) return;
  row.read(state);
  connection.counts().inbound(state, -1);
  for (const char* const what : {"DELETE FROM inbound_acts WHERE inbound = ?",
                                 "DELETE FROM applied_parts WHERE inbound = ?", "DELETE FROM inbound WHERE row = ?"}) {
    connection.prepare(what).bind(inbound).run();
  }
}

void remove_document(SqlConnection& connection, const std::string& id) {
  const auto messages = numbers_in(connection, "SELECT DISTINCT message FROM message_documents WHERE document IN ", id);
  const auto inbound = numbers_in(connection, "SELECT DISTINCT inbound FROM receipts WHERE document IN ", id);
  auto newest = connection.prepare("SELECT state, enterprise FROM documents WHERE id = ? AND newest > 0");
  newest.bind(id);
  State state{};
  std::string enterprise;
  if (newest.step()) {
    newest.read(state, enterprise);
    connection.counts().documents(enterprise, word(state), -1);
  }
  for (const char* const table :
       {"document_bodies", "document_codes", "message_documents", "numbers", "moves", "receipts"}) {
    connection.prepare("DELETE FROM " + std::string(table) + " WHERE document IN " + std::string(all_versions))
        .bind(id)
        .run();
  }
  connection.prepare("DELETE FROM documents WHERE id = ?").bind(id).run();
  for (const std::int64_t message : messages) let_go_of_message(connection, message);
  for (const std::int64_t record : inbound) {
    if (!has_any(connection, "SELECT 1 FROM receipts WHERE inbound = ?", record)) drop_inbound(connection, record);
  }
}

bool leave(SqlConnection& connection, const WrittenDocument& document, const Rest& rest, std::int64_t file) {
  const std::string mark = mark_of(connection, document.id, connection.dialect().lock_rows);
  if (mark.empty() || mark != document.mark || !is_at_rest(connection, document.id, rest)) return false;
  keep_small_row(connection, document, file);
  remove_document(connection, document.id);
  return true;
}

// Of records that moved no document, or moved one that has left.
bool belongs_to_nothing_here(SqlConnection& connection, std::int64_t inbound, const std::string& state) {
  if (state == word(InboundState::foreign)) return true;
  return state == word(InboundState::applied) &&
         !has_any(connection, "SELECT 1 FROM receipts WHERE inbound = ?", inbound);
}

}  // namespace

std::size_t SqlLedger::take_out(const ArchiveFile& file, std::span<const WrittenDocument> documents,
                                const Retention& retention) {
  std::size_t taken = 0;
  write([&](SqlConnection& connection) {
    taken = 0;
    const std::int64_t row = name_file(connection, file);
    const Rest rest = rest_of(connection, retention);
    for (const WrittenDocument& document : documents) taken += leave(connection, document, rest, row) ? 1 : 0;
    connection.prepare("UPDATE archive_files SET documents = documents + ? WHERE row = ?").bind(taken, row).run();
    return taken > 0;
  });
  return taken;
}

void SqlLedger::finish_file(const std::string& name) {
  write([&](SqlConnection& connection) {
    connection.prepare("UPDATE archive_files SET whole = 1 WHERE name = ?").bind(name).run();
    return true;
  });
}

void SqlLedger::drop_file(const std::string& name) {
  write([&](SqlConnection& connection) {
    const std::string of_file = "(SELECT row FROM archive_files WHERE name = ?)";
    connection
        .prepare("DELETE FROM archived_numbers WHERE archived IN (SELECT row FROM archived WHERE file IN " + of_file +
                 ")")
        .bind(name)
        .run();
    connection.prepare("DELETE FROM archived WHERE file IN " + of_file).bind(name).run();
    connection.prepare("DELETE FROM archive_files WHERE name = ?").bind(name).run();
    return true;
  });
}

Sweep SqlLedger::sweep_inbound(base::Time before, std::int64_t after, std::size_t looked_at) {
  Sweep sweep;
  write([&](SqlConnection& connection) {
    sweep = {};
    auto rows = connection.prepare("SELECT row, state, received_at FROM inbound WHERE row > ? ORDER BY row LIMIT ?");
    rows.bind(after, looked_at);
    std::vector<std::int64_t> dropped;
    std::size_t seen = 0;
    std::int64_t row = 0;
    bool is_old = true;
    while (is_old && rows.step()) {
      std::string state;
      base::Time received_at;
      rows.read(row, state, received_at);
      ++seen;
      is_old = received_at < before;
      if (is_old && belongs_to_nothing_here(connection, row, state)) dropped.push_back(row);
    }
    for (const std::int64_t one : dropped) drop_inbound(connection, one);
    connection.prepare("DELETE FROM foreign_numbers WHERE seen_at < ?").bind(before).run();
    sweep.dropped = dropped.size();
    sweep.next = is_old && seen == looked_at ? row : 0;
    return true;
  });
  return sweep;
}

}  // namespace gateway::ledger::sql

// What intake asks of the ledger.
#include <algorithm>
#include <cctype>

#include "base/guid.h"
#include "gateway/ledger/sqlite_ledger.h"
#include "gateway/ledger/sqlite_ledger_rows.h"

namespace gateway::ledger {

namespace {

constexpr std::chrono::hours idempotency_kept{24};
constexpr std::int64_t most_idempotency_keys = 100'000;

std::string new_id() {
  std::string id = base::new_guid();
  std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return id;
}

// Makes room for a newer version of the key and gives the key's id; nothing if the key has moved on.
std::optional<std::string> take_place(SqliteConnection& connection, const NewVersion& version) {
  auto row = connection.prepare("SELECT id, version, row FROM documents WHERE key = ? AND newest = 1");
  row.bind(version.key);
  if (!row.step()) return version.version == 1 ? std::optional(new_id()) : std::nullopt;
  std::string id;
  int newest = 0;
  std::int64_t document = 0;
  row.read(id, newest, document);
  if (newest + 1 != version.version) return std::nullopt;
  connection.prepare("UPDATE documents SET newest = 0 WHERE row = ?").bind(document).run();
  return id;
}

void insert_document(SqliteConnection& connection, const NewVersion& version, const Summary& summary) {
  const base::Time now = summary.created_at;
  connection
      .prepare(
          "INSERT INTO documents (id, version, type, key, number, enterprise, port, dxp_id, guid, app_type, "
          "app_status, app_time, content_digest, body, state, due, created_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(summary.id, version.version, version.type, version.key, version.number, version.enterprise, version.port,
            version.dxp_id, version.guid, version.app_type, version.app_status, version.app_time,
            version.content_digest, version.body, State::accepted, now, now)
      .run();
  const Place place{connection.last_row(), std::nullopt, summary.picture};
  add_numbers(connection, place.row, version.numbers);
  const Number guid{"guid", version.guid};
  add_numbers(connection, place.row, std::span(&guid, 1));
  add_move(connection, place, {summary.picture, now, version.by, now});
}

std::optional<std::vector<Summary>> insert_all(SqliteConnection& connection, std::span<const NewVersion> versions,
                                               base::Time now) {
  std::vector<Summary> summaries;
  summaries.reserve(versions.size());
  for (const NewVersion& version : versions) {
    const auto id = take_place(connection, version);
    if (!id) return std::nullopt;
    summaries.push_back({*id, version.type, version.key, version.number, version.enterprise, version.port,
                         version.version, Picture{}, now});
    insert_document(connection, version, summaries.back());
  }
  return summaries;
}

void drop_old_answers(SqliteConnection& connection, base::Time now) {
  connection.prepare("DELETE FROM idempotency WHERE at < ?").bind(now - idempotency_kept).run();
  connection.prepare("DELETE FROM idempotency WHERE row <= (SELECT max(row) FROM idempotency) - ?")
      .bind(most_idempotency_keys)
      .run();
}

// False: another request with this key has been answered meanwhile.
bool keep_answer(SqliteConnection& connection, const Ledger::IdempotencyKey& key, const Idempotent& answer,
                 base::Time now) {
  connection
      .prepare(
          "INSERT OR IGNORE INTO idempotency (client, key, request_digest, status, answer, at) "
          "VALUES (?, ?, ?, ?, ?, ?)")
      .bind(key.client, key.key, key.request_digest, answer.status, answer.answer, now)
      .run();
  return connection.changed() == 1;
}

}  // namespace

std::vector<std::optional<Standing>> SqliteLedger::newest(std::span<const std::string> keys) {
  return look([keys](SqliteConnection& connection) {
    std::vector<std::optional<Standing>> standings;
    standings.reserve(keys.size());
    for (const std::string& key : keys) {
      standings.push_back(read_standing(connection, "d.key = ? AND d.newest = 1", key));
    }
    return standings;
  });
}

std::optional<Standing> SqliteLedger::newest_by_id(const std::string& id) {
  return look(
      [&id](SqliteConnection& connection) { return read_standing(connection, "d.id = ? AND d.newest = 1", id); });
}

std::optional<Idempotent> SqliteLedger::idempotent(const std::string& client, const std::string& key) {
  return look([&](SqliteConnection& connection) -> std::optional<Idempotent> {
    auto row = connection.prepare(
        "SELECT client, key, request_digest, status, answer FROM idempotency WHERE client = ? AND key = ?");
    row.bind(client, key);
    if (!row.step()) return std::nullopt;
    Idempotent found;
    row.read(found.client, found.key, found.request_digest, found.status, found.answer);
    return found;
  });
}

std::optional<std::vector<Summary>> SqliteLedger::accept(std::span<const NewVersion> versions,
                                                         const std::optional<IdempotencyKey>& idempotency,
                                                         base::Time now) {
  return write([&](SqliteConnection& connection) -> std::optional<std::vector<Summary>> {
    auto summaries = insert_all(connection, versions, now);
    if (!summaries || !idempotency) return summaries;
    drop_old_answers(connection, now);
    if (!keep_answer(connection, *idempotency, idempotency->answer_of(*summaries), now)) return std::nullopt;
    return summaries;
  });
}

std::size_t SqliteLedger::waiting() {
  return look([](SqliteConnection& connection) {
    std::size_t count = 0;
    auto row = connection.prepare(
        "SELECT coalesce(sum(count), 0) FROM document_counts "
        "WHERE state IN ('accepted', 'sealed', 'deferred', 'unconfirmed')");
    if (row.step()) row.read(count);
    return count;
  });
}

}  // namespace gateway::ledger

// What intake asks of the ledger.
#include "gateway/ledger/chain.h"
#include "gateway/ledger/sql/archive.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::chrono::hours idempotency_kept{24};
constexpr std::int64_t most_idempotency_keys = 100'000;

struct Predecessor {
  std::string id;     // of the key
  std::string chain;  // where the new version's history goes on
};

// Makes room for a newer version of the key; nothing if the key has moved on.
std::optional<Predecessor> take_place(SqlConnection& connection, const NewVersion& version) {
  auto row = connection.prepare(
      "SELECT id, version, row, chain, state, enterprise FROM documents WHERE key = ? AND newest > 0" +
      std::string(connection.dialect().lock_rows));
  row.bind(version.key);
  if (!row.step()) return version.version == 1 ? std::optional(Predecessor{new_document_id(), {}}) : std::nullopt;
  Predecessor predecessor;
  int newest = 0;
  std::int64_t document = 0;
  State state{};
  std::string enterprise;
  row.read(predecessor.id, newest, document, predecessor.chain, state, enterprise);
  if (newest + 1 != version.version) return std::nullopt;
  connection.counts().documents(enterprise, word(state), -1);
  connection.prepare("UPDATE documents SET newest = 0 WHERE row = ?").bind(document).run();
  return predecessor;
}

void insert_document(SqlConnection& connection, const NewVersion& version, const Summary& summary,
                     const std::string& chain) {
  const base::Time now = summary.created_at;
  MoveRow first;
  first.at = now;
  first.by = version.by;
  first.reason = version.reason;
  first.evidence = "content " + version.content_digest;
  const std::string digest = link(chain, version.guid, first);
  const auto row =
      connection
          .prepare(connection.adding(
              "INSERT INTO documents (id, version, type, key, number, enterprise, port, dxp_id, guid, app_type, "
              "app_status, app_time, content_digest, state, due, created_at, chain, waits_until) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              "row"))
          .bind(summary.id, version.version, version.type, version.key, version.number, version.enterprise,
                version.port, version.dxp_id, version.guid, version.app_type, version.app_status, version.app_time,
                version.content_digest, State::accepted, now, now, Blob{digest}, version.waits_until)
          .added();
  Counts& counts = connection.counts();
  counts.documents(version.enterprise, word(State::accepted), 1);
  for (const FigureOf span : {FigureOf::minute, FigureOf::day}) {
    counts.figures().add(span, now, version.enterprise, "accepted");
  }
  add_body(connection, row, version.body);
  add_numbers(connection, row, version.numbers);
  const Number guid{"guid", version.guid};
  add_numbers(connection, row, std::span(&guid, 1));
  Place place;
  place.row = row;
  place.enterprise = version.enterprise;
  insert_move(connection, place, first, digest, Told::yes);
}

// A key whose documents are in the archive is none that nobody knows.
bool is_any_archived(SqlConnection& connection, std::span<const NewVersion> versions) {
  std::vector<std::string> keys;
  for (const NewVersion& version : versions) {
    if (version.version == 1) keys.push_back(version.key);
  }
  return !find_archived(connection, keys).empty();
}

std::optional<std::vector<Summary>> insert_all(SqlConnection& connection, std::span<const NewVersion> versions,
                                               base::Time now) {
  if (is_any_archived(connection, versions)) return std::nullopt;
  std::vector<Summary> summaries;
  summaries.reserve(versions.size());
  for (const NewVersion& version : versions) {
    const auto predecessor = take_place(connection, version);
    if (!predecessor) return std::nullopt;
    summaries.push_back({predecessor->id, version.type, version.key, version.number, version.enterprise, version.port,
                         version.version, Picture{}, now});
    insert_document(connection, version, summaries.back(), predecessor->chain);
  }
  return summaries;
}

// Only what a person amends is given a reason.
void note_amendments(SqlConnection& connection, std::span<const NewVersion> versions,
                     std::span<const Summary> summaries) {
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (versions[i].reason.empty()) continue;
    Act act{.at = summaries[i].created_at, .by = versions[i].by, .kind = ActKind::amend};
    act.subject = "documents/" + summaries[i].id;
    act.enterprise = summaries[i].enterprise;
    act.reason = versions[i].reason;
    add_act(connection, std::move(act));
  }
}

void drop_old_answers(SqlConnection& connection, base::Time now) {
  connection.prepare("DELETE FROM idempotency WHERE at < ?").bind(now - idempotency_kept).run();
  connection.prepare("DELETE FROM idempotency WHERE row <= (SELECT max(row) FROM idempotency) - ?")
      .bind(most_idempotency_keys)
      .run();
}

// False: another request with this key has been answered meanwhile.
bool keep_answer(SqlConnection& connection, const Ledger::IdempotencyKey& key, const Idempotent& answer,
                 base::Time now) {
  return connection
             .prepare(
                 "INSERT INTO idempotency (client, key, request_digest, status, answer, at) "
                 "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (client, key) DO NOTHING")
             .bind(key.client, key.key, key.request_digest, answer.status, answer.answer, now)
             .run() == 1;
}

}  // namespace

std::vector<std::optional<Standing>> SqlLedger::newest(std::span<const std::string> keys) {
  return look([keys](SqlConnection& connection) {
    std::vector<std::optional<Standing>> standings;
    standings.reserve(keys.size());
    for (const std::string& key : keys) {
      standings.push_back(read_standing(connection, "d.key = ? AND d.newest > 0", key));
    }
    return standings;
  });
}

std::optional<Standing> SqlLedger::newest_by_id(const std::string& id) {
  return look([&id](SqlConnection& connection) { return read_standing(connection, "d.id = ? AND d.newest > 0", id); });
}

std::optional<Idempotent> SqlLedger::idempotent(const std::string& client, const std::string& key) {
  return look([&](SqlConnection& connection) -> std::optional<Idempotent> {
    auto row = connection.prepare(
        "SELECT client, key, request_digest, status, answer FROM idempotency WHERE client = ? AND key = ?");
    row.bind(client, key);
    if (!row.step()) return std::nullopt;
    Idempotent found;
    row.read(found.client, found.key, found.request_digest, found.status, found.answer);
    return found;
  });
}

std::optional<std::vector<Summary>> SqlLedger::accept(std::span<const NewVersion> versions,
                                                      const std::optional<IdempotencyKey>& idempotency,
                                                      base::Time now) {
  return write([&](SqlConnection& connection) -> std::optional<std::vector<Summary>> {
    auto summaries = insert_all(connection, versions, now);
    if (!summaries) return std::nullopt;
    if (idempotency) {
      drop_old_answers(connection, now);
      if (!keep_answer(connection, *idempotency, idempotency->answer_of(*summaries), now)) return std::nullopt;
    }
    note_amendments(connection, versions, *summaries);
    return summaries;
  });
}

std::size_t SqlLedger::waiting() {
  return look([](SqlConnection& connection) {
    std::size_t count = 0;
    auto row = connection.prepare(
        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM state_counts WHERE things = 'documents' "
        "AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed')");
    if (row.step()) row.read(count);
    return count;
  });
}

}  // namespace gateway::ledger::sql

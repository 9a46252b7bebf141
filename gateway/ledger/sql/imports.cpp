// What taking over documents from another system asks of the ledger.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gateway/ledger/chain.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

std::string evidence_of(const Import& import) { return "import " + import.row.digest; }

struct Taken {
  std::string id;
  Place place;
};

std::int64_t insert_document(SqlConnection& connection, const Import& import, const std::string& id,
                             const std::string& digest, base::Time now) {
  const NewVersion& version = *import.version;
  const auto row =
      connection
          .prepare(connection.adding(
              "INSERT INTO documents (id, version, type, key, number, enterprise, port, dxp_id, guid, app_type, "
              "app_status, app_time, content_digest, state, due, created_at, chain, first_send, deliveries_begun, "
              "sent_elsewhere) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)",
              "row"))
          .bind(id, version.version, version.type, version.key, version.number, version.enterprise, version.port,
                version.dxp_id, version.guid, version.app_type, version.app_status, version.app_time,
                version.content_digest, State::sent, import.move.due, now, Blob{digest}, import.sent_at)
          .added();
  add_body(connection, row, version.body);
  connection.counts().documents(version.enterprise, word(State::sent), 1);
  return row;
}

// As sent, and nothing heard yet.
std::optional<Taken> insert_version(SqlConnection& connection, const Import& import, base::Time now) {
  const NewVersion& version = *import.version;
  auto same_key = connection.prepare("SELECT 1 FROM documents WHERE key = ?");
  same_key.bind(version.key);
  if (same_key.step()) return std::nullopt;
  MoveRow first;
  first.at = now;
  first.from = first.to = State::sent;
  first.by = version.by;
  first.reason = version.reason;
  first.evidence = evidence_of(import);
  Taken taken;
  taken.id = new_document_id();
  taken.place.chain = link({}, version.guid, first);
  taken.place.row = insert_document(connection, import, taken.id, taken.place.chain, now);
  taken.place.guid = version.guid;
  taken.place.enterprise = version.enterprise;
  taken.place.created_at = now;
  taken.place.picture.state = State::sent;
  insert_move(connection, taken.place, first, taken.place.chain, Told::yes);
  add_numbers(connection, taken.place.row, version.numbers);
  const Number guid{"guid", version.guid};
  add_numbers(connection, taken.place.row, std::span(&guid, 1));
  return taken;
}

void keep_row(SqlConnection& connection, const InboundRecord& row) {
  const auto kept = connection
                        .prepare(
                            "INSERT INTO inbound (digest, port, source, dxp_id, bytes, received_at, state) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING")
                        .bind(row.digest, row.port, row.source, row.dxp_id, Blob{row.bytes}, row.received_at,
                              word(InboundState::applied))
                        .run();
  connection.counts().inbound(word(InboundState::applied), kept);
}

void insert_receipt(SqlConnection& connection, std::int64_t document, const Import& import) {
  const ReceiptRow& receipt = *import.heard;
  connection
      .prepare(
          "INSERT INTO receipts (document, inbound, status, return_time, return_info, returned_at, at, effect, said, "
          "type) VALUES (?, (SELECT row FROM inbound WHERE digest = ?), ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(document, import.row.digest, receipt.status, receipt.return_time, receipt.return_info, receipt.returned_at,
            receipt.at, receipt.effect, word(receipt.said), receipt.type)
      .run();
  add_code(connection, document, receipt.status);
}

// The document's id; nothing: it has moved on.
std::optional<std::string> take_over_one(SqlConnection& connection, const Import& import, base::Time now) {
  auto taken = std::optional<Taken>();
  if (import.version) {
    taken = insert_version(connection, import, now);
  } else if (auto place = place_of(connection, import.move)) {
    taken = Taken{import.move.ref.id, std::move(*place)};
  }
  if (!taken) return std::nullopt;
  keep_row(connection, import.row);
  add_numbers(connection, taken->place.row, import.learnt);
  if (import.heard) insert_receipt(connection, taken->place.row, import);
  const bool tells_more = import.heard || !import.version;
  const Move& move = import.move;
  if (tells_more) {
    write_step(connection, taken->place, {move.to, move.due, move.by, now, evidence_of(import)}, Tell::if_changed);
  }
  return taken->id;
}

using Channel = std::pair<std::string, std::string>;  // port, DXPID

// What is settled, refused or withdrawn waits for nothing that has been said already.
std::map<Channel, base::Time> wanted_since(std::span<const Import> imports) {
  std::map<Channel, base::Time> wanted;
  for (const Import& import : imports) {
    if (!import.version || lifecycle::is_final(import.move.to.state)) continue;
    const base::Time since = import.heard ? std::max(import.sent_at, import.heard->returned_at) : import.sent_at;
    const auto [place, is_first] = wanted.try_emplace({import.row.port, import.row.dxp_id}, since);
    place->second = std::min(place->second, since);
  }
  return wanted;
}

void want_since(SqlConnection& connection, const Channel& place, base::Time since) {
  connection
      .prepare(
          "INSERT INTO catch_ups (port, source, dxp_id, since) SELECT port, source, dxp_id, ?1 FROM windows "
          "WHERE port = ?2 AND dxp_id = ?3 AND read_up_to > ?1 ON CONFLICT (port, source, dxp_id) DO UPDATE SET "
          "since = CASE WHEN excluded.since < catch_ups.since THEN excluded.since ELSE catch_ups.since END")
      .bind(since, place.first, place.second)
      .run();
}

void refresh_unmatched(SqlConnection& connection, const std::string& dxp_id) {
  for (const InboundState state : {InboundState::unmatched, InboundState::foreign}) {
    const auto again = connection
                           .prepare(
                               "UPDATE inbound SET state = 'fresh' WHERE row IN "
                               "(SELECT row FROM inbound WHERE state = ? AND dxp_id = ? ORDER BY row DESC LIMIT ?)")
                           .bind(word(state), dxp_id, Ledger::most_matched_again)
                           .run();
    connection.counts().inbound(word(state), -again);
    connection.counts().inbound(word(InboundState::fresh), again);
  }
}

}  // namespace

std::optional<std::vector<std::string>> SqlLedger::take_over(std::span<const Import> imports, base::Time now) {
  return write([&](SqlConnection& connection) -> std::optional<std::vector<std::string>> {
    std::vector<std::string> ids;
    std::set<std::string> dxp_ids;
    for (const Import& import : imports) {
      auto id = take_over_one(connection, import, now);
      if (!id) return std::nullopt;
      ids.push_back(std::move(*id));
      dxp_ids.insert(import.row.dxp_id);
    }
    for (const auto& [place, since] : wanted_since(imports)) want_since(connection, place, since);
    for (const std::string& dxp_id : dxp_ids) refresh_unmatched(connection, dxp_id);
    return ids;
  });
}

std::optional<base::Time> SqlLedger::catch_up(const WindowKey& key) {
  return look([&key](SqlConnection& connection) {
    std::optional<base::Time> since;
    auto row = connection.prepare("SELECT since FROM catch_ups WHERE port = ? AND source = ? AND dxp_id = ?");
    row.bind(key.port, key.source, key.dxp_id);
    if (row.step()) row.read(since);
    return since;
  });
}

void SqlLedger::caught_up(const WindowKey& key, base::Time since) {
  write([&](SqlConnection& connection) {
    connection.prepare("DELETE FROM catch_ups WHERE port = ? AND source = ? AND dxp_id = ? AND since >= ?")
        .bind(key.port, key.source, key.dxp_id, since)
        .run();
    return true;
  });
}

}  // namespace gateway::ledger::sql

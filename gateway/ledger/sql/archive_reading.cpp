// What may leave for the archive, read as the lines that are written there.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/base64.h"
#include "base/digest.h"
#include "gateway/ledger/sql/archive.h"
#include "gateway/ledger/sql/archive_rows.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace json = boost::json;
namespace tables = archived_tables;

namespace {

constexpr std::string_view rows_of_key = "SELECT row FROM documents WHERE id = ?1";

// Clients have been told of what lies up to here in the feed. The newest change of all stays, so that the feed goes on
// behind it.
std::int64_t told_up_to(SqlConnection& connection, const std::vector<std::string>& clients) {
  std::int64_t told = connection.prepare("SELECT coalesce(max(cursor), 0) - 1 FROM moves").number();
  for (const std::string& client : clients) {
    auto feed = connection.prepare("SELECT cursor FROM notice_feeds WHERE client = ?");
    feed.bind(client);
    std::int64_t cursor = 0;
    if (!feed.step()) continue;
    feed.read(cursor);
    told = std::min(told, cursor);
  }
  return told;
}

// Of documents o: everything that has to be at rest. ?1 the id, ?2 no change since, ?3 told up to, ?4 previews since.
constexpr std::string_view at_rest = R"sql(
SELECT 1 FROM documents d WHERE d.id = ?1 AND d.newest > 0 AND d.state = 'settled'
AND NOT EXISTS (SELECT 1 FROM documents o WHERE o.id = ?1 AND o.state NOT IN ('settled', 'refused', 'withdrawn'))
AND NOT EXISTS (SELECT 1 FROM documents o JOIN moves m ON m.document = o.row WHERE o.id = ?1
  AND (m.at >= ?2 OR (m.told = 1 AND (m.cursor IS NULL OR m.cursor > ?3))))
AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.id = ?1 AND n.state = 'waiting')
AND NOT EXISTS (SELECT 1 FROM documents o JOIN replay_documents p ON p.document = o.row JOIN replays r ON r.id = p.replay
  WHERE o.id = ?1 AND p.outcome = 'pending'
  AND (r.state = 'running' OR (r.state = 'preview' AND r.created_at >= ?4)))
AND NOT EXISTS (SELECT 1 FROM documents o JOIN receipts c ON c.document = o.row JOIN inbound i ON i.row = c.inbound
  WHERE o.id = ?1 AND i.state <> 'applied')
AND NOT EXISTS (SELECT 1 FROM documents o JOIN message_documents p ON p.document = o.row
  JOIN messages m ON m.row = p.message WHERE o.id = ?1 AND (m.in_flight > 0 OR m.due IS NOT NULL))
)sql";

json::array receipts_of(SqlConnection& connection, std::int64_t document) {
  json::array receipts;
  auto rows = connection.prepare(
      selection(tables::receipts, "c.",
                ", i.digest FROM receipts c JOIN inbound i ON i.row = c.inbound WHERE c.document = ? ORDER BY c.row"));
  rows.bind(document);
  while (rows.step()) {
    json::object receipt = read_row(rows, tables::receipts);
    std::string inbound;
    rows.read(inbound);
    receipt["inbound"] = inbound;
    receipts.push_back(std::move(receipt));
  }
  return receipts;
}

json::array messages_of(SqlConnection& connection, std::int64_t document) {
  json::array guids;
  auto rows = connection.prepare(
      "SELECT m.guid FROM message_documents p JOIN messages m ON m.row = p.message WHERE p.document = ? ORDER BY "
      "m.row");
  rows.bind(document);
  std::string guid;
  while (rows.step()) {
    rows.read(guid);
    guids.push_back(json::value(guid));
  }
  return guids;
}

json::array versions_of(SqlConnection& connection, const std::string& id) {
  json::array versions;
  auto rows = connection.prepare(
      selection(tables::documents, "d.",
                ", d.row, b.body, m.guid FROM documents d JOIN document_bodies b ON b.document = d.row "
                "LEFT JOIN messages m ON m.row = d.message WHERE d.id = ? ORDER BY d.version"));
  rows.bind(id);
  while (rows.step()) {
    json::object version = read_row(rows, tables::documents);
    std::int64_t row = 0;
    std::string body;
    std::optional<std::string> message;
    rows.read(row, body, message);
    version["body"] = written_bytes(body);
    version["message"] = message ? json::value(*message) : json::value();
    version["messages"] = messages_of(connection, row);
    version["numbers"] =
        read_all(connection, tables::numbers, "", "FROM numbers WHERE document = ? ORDER BY kind, value", row);
    version["moves"] =
        read_all(connection, tables::moves, "m.",
                 "FROM moves m WHERE m.document = ? ORDER BY " + std::string(connection.dialect().order_of_moves), row);
    version["receipts"] = receipts_of(connection, row);
    versions.push_back(std::move(version));
  }
  return versions;
}

json::array inbound_of(SqlConnection& connection, const std::string& id) {
  json::array records;
  auto rows = connection.prepare(
      selection(tables::inbound, "i.",
                ", i.row FROM inbound i WHERE i.row IN (SELECT inbound FROM receipts WHERE document IN (" +
                    std::string(rows_of_key) + ")) ORDER BY i.row"));
  rows.bind(id);
  while (rows.step()) {
    json::object record = read_row(rows, tables::inbound);
    std::int64_t row = 0;
    rows.read(row);
    record["acts"] =
        read_all(connection, tables::inbound_acts, "", "FROM inbound_acts WHERE inbound = ? ORDER BY number", row);
    records.push_back(std::move(record));
  }
  return records;
}

// What clients were told; it goes its own way in the ledger, and does not come back.
json::array notices_of(SqlConnection& connection, const std::string& id) {
  json::array notices;
  auto rows = connection.prepare(
      "SELECT client, webhook_id, version, to_state, state, tries, answer, created_at, ended_at FROM notices "
      "WHERE id = ? ORDER BY number");
  rows.bind(id);
  while (rows.step()) {
    std::string client, webhook_id, to, state, answer;
    std::int64_t version = 0, tries = 0, created_at = 0;
    std::optional<std::int64_t> ended_at;
    rows.read(client, webhook_id, version, to, state, tries, answer, created_at, ended_at);
    notices.push_back(json::object{{"client", client},
                                   {"webhook_id", webhook_id},
                                   {"version", version},
                                   {"to", to},
                                   {"state", state},
                                   {"tries", tries},
                                   {"answer", written_bytes(answer)},
                                   {"created_at", created_at},
                                   {"ended_at", ended_at ? json::value(*ended_at) : json::value()}});
  }
  return notices;
}

LeavingDocument read_document(SqlConnection& connection, const std::string& id) {
  LeavingDocument kept;
  kept.id = id;
  kept.mark = mark_of(connection, id, "");
  auto changed = connection.prepare("SELECT max(at) FROM moves WHERE document IN (" + std::string(rows_of_key) + ")");
  changed.bind(id);
  if (changed.step()) changed.read(kept.changed_at);
  json::array versions = versions_of(connection, id);
  for (const json::value& version : versions) {
    for (const json::value& guid : version.at("messages").as_array()) {
      const std::string one(guid.as_string());
      if (std::ranges::find(kept.messages, one) == kept.messages.end()) kept.messages.push_back(one);
    }
  }
  const json::object line{{"kind", "document"},
                          {"id", id},
                          {"mark", kept.mark},
                          {"changed_at", kept.changed_at.time_since_epoch().count()},
                          {"versions", std::move(versions)},
                          {"inbound", inbound_of(connection, id)},
                          {"notices", notices_of(connection, id)}};
  kept.line = json::serialize(line);
  return kept;
}

// Without the Base64 of the signed text that it repeats, where it does.
json::value written_envelope(const std::string& signed_xml, const std::string& envelope) {
  const std::string repeated = base::base64(signed_xml);
  const auto at = repeated.empty() ? std::string::npos : envelope.find(repeated);
  if (at == std::string::npos) return written_bytes(envelope);
  return json::object{{"before", written_bytes(std::string_view(envelope).substr(0, at))},
                      {"after", written_bytes(std::string_view(envelope).substr(at + repeated.size()))}};
}

}  // namespace

std::string mark_of(SqlConnection& connection, const std::string& id, std::string_view lock) {
  std::string all;
  auto rows = connection.prepare("SELECT version, revision, chain FROM documents WHERE id = ? ORDER BY version" +
                                 std::string(lock));
  rows.bind(id);
  while (rows.step()) {
    std::int64_t version = 0, revision = 0;
    std::string chain;
    rows.read(version, revision, chain);
    all += std::to_string(version) + ":" + std::to_string(revision) + ":" + base::hex(chain) + ",";
  }
  return all.empty() ? "" : base::sha256_hex(all);
}

Rest rest_of(SqlConnection& connection, const Retention& retention) {
  return {retention.unchanged_since, told_up_to(connection, retention.told_clients),
          retention.now - Ledger::preview_lasts};
}

bool is_at_rest(SqlConnection& connection, const std::string& id, const Rest& rest) {
  auto row = connection.prepare(std::string(at_rest));
  row.bind(id, rest.unchanged_since, rest.told_up_to, rest.previews_since);
  return row.step();
}

Harvest SqlLedger::finished_documents(const Retention& retention, const std::string& from, std::size_t looked_at) {
  store_->number_moves();
  return look([&](SqlConnection& connection) {
    Harvest harvest;
    const Rest rest = rest_of(connection, retention);
    const Cursor after = read_cursor(from).value_or(Cursor{});
    auto rows = connection.prepare(
        "SELECT id, created_at, row FROM documents WHERE newest = 1 AND state = 'settled' AND created_at < ? "
        "AND (created_at, row) > (?, ?) ORDER BY created_at, row LIMIT ?");
    rows.bind(retention.unchanged_since, after.at, after.row, looked_at);
    Cursor last;
    std::size_t seen = 0;
    for (std::string id; rows.step(); ++seen) {
      rows.read(id, last.at, last.row);
      if (is_at_rest(connection, id, rest)) harvest.documents.push_back(read_document(connection, id));
    }
    if (seen == looked_at) harvest.next = written(last);
    return harvest;
  });
}

std::optional<LeavingMessage> SqlLedger::kept_message(const std::string& guid) {
  return look([&](SqlConnection& connection) -> std::optional<LeavingMessage> {
    auto row = connection.prepare(selection(tables::messages, "", ", row FROM messages WHERE guid = ?"));
    row.bind(guid);
    if (!row.step()) return std::nullopt;
    json::object line{{"kind", "message"}};
    for (auto& member : read_row(row, tables::messages)) line.emplace(member.key(), std::move(member.value()));
    std::int64_t message = 0;
    row.read(message);
    const MessageBytes bytes = sql::read_bytes(connection, message);
    line["signed_xml"] = written_bytes(bytes.signed_xml);
    line["envelope"] = written_envelope(bytes.signed_xml, bytes.envelope);
    line["deliveries"] =
        read_all(connection, tables::deliveries, "", "FROM deliveries WHERE message = ? ORDER BY number", message);
    return LeavingMessage{guid, json::serialize(line)};
  });
}

}  // namespace gateway::ledger::sql

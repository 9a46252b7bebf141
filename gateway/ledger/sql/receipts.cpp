// What the receipts loop asks of the ledger.
#include <algorithm>

#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/siblings.h"
#include "gateway/ledger/sql/sql_ledger.h"
#include "schemas/document_key.h"

namespace gateway::ledger::sql {

namespace {

bool insert_inbound(SqlConnection& connection, const InboundRecord& record) {
  return connection
             .prepare(
                 "INSERT INTO inbound (digest, port, source, dxp_id, bytes, received_at, state) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING")
             .bind(record.digest, record.port, record.source, record.dxp_id, Blob{record.bytes}, record.received_at,
                   word(InboundState::fresh))
             .run() == 1;
}

void insert_receipt(SqlConnection& connection, std::int64_t document, const KeptRecord& record,
                    const Ledger::Applied& applied) {
  const ReceiptRow& receipt = applied.receipt;
  connection
      .prepare(
          "INSERT INTO receipts (document, inbound, status, return_time, return_info, returned_at, at, effect, said, "
          "type) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(document, record.row, receipt.status, receipt.return_time, receipt.return_info, receipt.returned_at,
            receipt.at, receipt.effect, word(receipt.said), receipt.type)
      .run();
}

void add_codes(SqlConnection& connection, std::int64_t document, const Ledger::Applied& applied) {
  if (applied.receipt.said == Said::notice) return;
  add_code(connection, document, applied.receipt.status);
  for (const std::string& code : applied.codes) add_code(connection, document, code);
}

void count_unexplained(SqlConnection& connection, const UnexplainedCode& code, base::Time now) {
  const auto counted =
      connection
          .prepare(
              "UPDATE unexplained_codes SET times = times + 1, last_seen = ?, example = ? WHERE type = ? AND code = ?")
          .bind(now, code.example, code.type, code.code)
          .run();
  if (counted != 0) return;
  connection
      .prepare(
          "INSERT INTO unexplained_codes SELECT ?, ?, ?, 1, ?, ? "
          "WHERE (SELECT count(*) FROM unexplained_codes) < ?")
      .bind(code.type, code.code, code.example, now, now, Ledger::most_unexplained_codes)
      .run();
}

using Wanted = std::vector<std::optional<std::string>>;

bool matches(std::string_view key, const Wanted& wanted) {
  const auto parts = schemas::parts_of_key(key);
  return std::ranges::equal(parts, wanted, [](const std::string& part, const std::optional<std::string>& want) {
    return !want || *want == part;
  });
}

// Two are as good as many: what matches several documents belongs to none of them for certain.
constexpr std::size_t enough_matches = 2;

std::vector<DocumentRef> refs(SqlStatement& rows) {
  std::vector<DocumentRef> found;
  while (rows.step()) {
    DocumentRef& ref = found.emplace_back();
    rows.read(ref.id, ref.version);
  }
  return found;
}

std::vector<DocumentRef> matching(SqlStatement& rows, const Wanted& wanted) {
  std::vector<DocumentRef> found;
  while (found.size() < enough_matches && rows.step()) {
    DocumentRef ref;
    std::string key;
    rows.read(ref.id, ref.version, key);
    if (matches(key, wanted)) found.push_back(std::move(ref));
  }
  return found;
}

bool is_applied(SqlConnection& connection, const KeptRecord& record, const std::string& part) {
  if (part.empty() || record.state == word(InboundState::applied)) return record.state == word(InboundState::applied);
  auto row = connection.prepare("SELECT 1 FROM applied_parts WHERE inbound = ? AND part = ?");
  row.bind(record.row, part);
  return row.step();
}

void mark_applied(SqlConnection& connection, const KeptRecord& record, const std::string& part) {
  if (part.empty()) return mark(connection, record, InboundState::applied, {});
  connection.prepare("INSERT INTO applied_parts (inbound, part) VALUES (?, ?)").bind(record.row, part).run();
}

bool came_before(SqlConnection& connection, std::int64_t document, const ReceiptRow& notice) {
  auto row = connection.prepare(
      "SELECT 1 FROM receipts WHERE document = ? AND said <> 'receipt' AND type = ? AND status = ? AND returned_at = ? "
      "AND return_info = ?");
  row.bind(document, notice.type, notice.status, notice.returned_at, notice.return_info);
  return row.step();
}

// Gives the place with the notice as its last entry.
Place tell(SqlConnection& connection, Place place, const Ledger::Applied& applied) {
  if (applied.told.empty() || came_before(connection, place.row, applied.receipt)) return place;
  Step step;
  step.to.reason = applied.told;
  step.by = applied.move.by;
  step.at = applied.receipt.at;
  step.evidence = std::string(notice_evidence) + applied.receipt.type + " inbound " + applied.inbound_digest;
  place.chain = note(connection, place, step, Told::yes);
  return place;
}

void settle_message(SqlConnection& connection, const Place& place, Ledger::Applied::Message what) {
  if (what == Ledger::Applied::Message::stays || !place.message) return;
  const auto deliveries = connection.prepare("SELECT tries FROM messages WHERE row = ?").bind(*place.message).number();
  forget_deliveries(connection, place.row, deliveries);
  if (what == Ledger::Applied::Message::is_left) leave_message(connection, place);
}

// waking: numbers of those for which others of their sale may wait.
Ledger::Written apply_one(SqlConnection& connection, const Ledger::Applied& applied, std::vector<Number>& waking) {
  using enum Ledger::Written;
  const auto record = kept_record(connection, applied.inbound_digest);
  if (!record) connection.refuse("账本缺少收到的记录 / the ledger lacks what was received: " + applied.inbound_digest);
  if (is_applied(connection, *record, applied.part)) return yes;
  const auto found = place_of(connection, applied.move);
  if (!found) return moved_on;
  const Place place = tell(connection, *found, applied);
  insert_receipt(connection, place.row, *record, applied);
  add_codes(connection, place.row, applied);
  const auto learnt = add_numbers(connection, place.row, applied.learnt);
  if (!applied.refused_for.empty()) {
    const std::string what = applied.refused_type + " " + applied.refused_for;
    connection.counts().figures().add(FigureOf::day, applied.receipt.at, place.enterprise, "code", what);
  }
  if (applied.unexplained) count_unexplained(connection, *applied.unexplained, applied.receipt.at);
  const Move& move = applied.move;
  write_step(connection, place, {move.to, move.due, move.by, applied.receipt.at, "inbound " + applied.inbound_digest},
             Tell::if_changed);
  settle_message(connection, place, applied.message);
  if (applied.wakes == Ledger::Applied::Wakes::those_that_wait) add_numbers_of(connection, place.row, waking);
  mark_applied(connection, *record, applied.part);
  return learnt > 0 ? and_learnt : yes;
}

}  // namespace

std::optional<base::Time> SqlLedger::window(const WindowKey& key) {
  return look([&key](SqlConnection& connection) {
    std::optional<base::Time> read_up_to;
    auto row = connection.prepare("SELECT read_up_to FROM windows WHERE port = ? AND source = ? AND dxp_id = ?");
    row.bind(key.port, key.source, key.dxp_id);
    if (row.step()) row.read(read_up_to);
    return read_up_to;
  });
}

std::optional<base::Time> SqlLedger::earliest_unsettled_send(const std::string& port) {
  return look([&port](SqlConnection& connection) {
    std::optional<base::Time> earliest;
    auto row = connection.prepare(
        "SELECT min(first_send) FROM documents WHERE port = ? AND newest = 1 "
        "AND state IN ('sealed', 'deferred', 'unconfirmed', 'sent', 'held')");
    row.bind(port);
    if (row.step()) row.read(earliest);
    return earliest;
  });
}

std::size_t SqlLedger::store_inbound(std::span<const InboundRecord> records, const WindowKey& key, base::Time window) {
  std::size_t stored = 0;
  write([&](SqlConnection& connection) {
    stored = 0;
    for (const InboundRecord& record : records) stored += insert_inbound(connection, record) ? 1 : 0;
    connection.counts().inbound(word(InboundState::fresh), static_cast<std::int64_t>(stored));
    connection
        .prepare(
            "INSERT INTO windows VALUES (?, ?, ?, ?) ON CONFLICT (port, source, dxp_id) DO UPDATE SET read_up_to = "
            "excluded.read_up_to")
        .bind(key.port, key.source, key.dxp_id, window)
        .run();
    return true;
  });
  return stored;
}

std::vector<InboundRecord> SqlLedger::fresh_inbound(std::size_t most) {
  return look([most](SqlConnection& connection) {
    std::vector<InboundRecord> fresh;
    auto rows = connection.prepare(
        "SELECT digest, port, source, dxp_id, bytes, received_at FROM inbound "
        "WHERE state = 'fresh' ORDER BY row LIMIT ?");
    rows.bind(most);
    while (rows.step()) {
      InboundRecord& record = fresh.emplace_back();
      rows.read(record.digest, record.port, record.source, record.dxp_id, record.bytes, record.received_at);
    }
    return fresh;
  });
}

std::vector<DocumentRef> SqlLedger::by_number(const std::string& kind, const std::string& value,
                                              const std::string& dxp_id) {
  return look([&](SqlConnection& connection) {
    auto numbers = connection.prepare(
        "SELECT d.id, d.version FROM numbers n JOIN documents d ON d.row = n.document "
        "WHERE n.value = ?1 AND n.kind = ?2 AND (?3 = '' OR d.dxp_id = ?3) ORDER BY d.row DESC");
    auto found = refs(numbers.bind(value, kind, dxp_id));
    if (!found.empty() || kind != "guid") return found;
    // The guid of a message names its documents.
    auto members = connection.prepare(
        "SELECT d.id, d.version FROM messages m JOIN message_documents p ON p.message = m.row "
        "JOIN documents d ON d.row = p.document WHERE m.guid = ?1 AND (?2 = '' OR d.dxp_id = ?2) ORDER BY d.row DESC");
    return refs(members.bind(value, dxp_id));
  });
}

std::vector<DocumentRef> SqlLedger::by_key_parts(const std::string& type,
                                                 std::span<const std::optional<std::string>> parts,
                                                 const std::string& dxp_id) {
  if (parts.empty()) return {};
  const Wanted wanted(parts.begin(), parts.end());
  return look([&](SqlConnection& connection) {
    const std::string columns = "SELECT id, version, key FROM documents WHERE newest = 1 AND type = ? AND dxp_id = ?";
    auto rows = connection.prepare(parts.back() ? columns + " AND number = ?" : columns);
    rows.bind(type, dxp_id);
    if (parts.back()) rows.bind(*parts.back());
    return matching(rows, wanted);
  });
}

std::optional<Standing> SqlLedger::standing(const DocumentRef& ref) {
  return look([&ref](SqlConnection& connection) {
    return read_standing(connection, "d.id = ? AND d.version = ?", ref.id, ref.version);
  });
}

std::vector<std::pair<int, base::Time>> SqlLedger::first_sends(const std::string& id) {
  return look([&id](SqlConnection& connection) {
    std::vector<std::pair<int, base::Time>> sends;
    auto rows = connection.prepare(
        "SELECT version, first_send FROM documents WHERE id = ? AND first_send IS NOT NULL ORDER BY version");
    rows.bind(id);
    while (rows.step()) {
      auto& [version, at] = sends.emplace_back();
      rows.read(version, at);
    }
    return sends;
  });
}

std::optional<SqlLedger::SentMessage> SqlLedger::sent_message(const std::string& guid, const std::string& dxp_id) {
  return look([&](SqlConnection& connection) -> std::optional<SentMessage> {
    auto rows = connection.prepare(
        "SELECT d.id, d.version, CASE WHEN d.message = m.row THEN 1 ELSE 0 END, m.type, d.row FROM messages m "
        "JOIN message_documents p ON p.message = m.row JOIN documents d ON d.row = p.document "
        "WHERE m.guid = ?1 AND d.dxp_id = ?2 UNION ALL "
        "SELECT d.id, d.version, 1, d.type, d.row FROM numbers n JOIN documents d ON d.row = n.document "
        "WHERE n.value = ?1 AND n.kind = 'guid' AND d.dxp_id = ?2 AND d.sent_elsewhere = 1 ORDER BY 5");
    rows.bind(guid, dxp_id);
    SentMessage message;
    while (rows.step()) {
      DocumentRef ref;
      int is_still_in_it = 0;
      rows.read(ref.id, ref.version, is_still_in_it, message.type);
      ++message.documents;
      if (is_still_in_it == 1) message.still_in_it.push_back(std::move(ref));
    }
    return message.documents == 0 ? std::nullopt : std::optional(std::move(message));
  });
}

std::vector<SqlLedger::Written> SqlLedger::apply_receipts(std::span<const Applied> receipts) {
  std::vector<Written> written;
  write([&](SqlConnection& connection) {
    written.clear();
    std::vector<Number> waking;
    for (const Applied& one : receipts) written.push_back(apply_one(connection, one, waking));
    if (!waking.empty()) wake_waiting(connection, waking, {}, receipts.front().receipt.at);
    return true;
  });
  return written;
}

void SqlLedger::put_off_silence(std::chrono::milliseconds by) {
  write([by](SqlConnection& connection) {
    connection.prepare("UPDATE documents SET due = due + ? WHERE state = 'sent' AND newest = 1 AND due IS NOT NULL")
        .bind(by.count())
        .run();
    return true;
  });
}

std::size_t SqlLedger::end_silence(base::Time latest, std::size_t most) {
  std::size_t ended = 0;
  write([&](SqlConnection& connection) {
    auto update = connection.prepare(
        "UPDATE documents SET due = ?1 WHERE row IN (SELECT row FROM documents "
        "WHERE state = 'sent' AND newest = 1 AND due > ?1 ORDER BY due LIMIT ?2)");
    ended = static_cast<std::size_t>(update.bind(latest, most).run());
    return ended > 0;
  });
  return ended;
}

std::size_t SqlLedger::move_silent(base::Time now, std::size_t most,
                                   const std::function<Picture(const Standing&)>& next) {
  std::size_t moved = 0;
  write([&](SqlConnection& connection) {
    std::vector<Place> silent;
    auto rows = connection.prepare("SELECT " + std::string(place_columns) +
                                   " FROM documents WHERE state = 'sent' AND newest = 1 AND due <= ? "
                                   "ORDER BY due LIMIT ?" +
                                   std::string(connection.dialect().skip_locked));
    rows.bind(now, most);
    while (rows.step()) silent.push_back(read_place(rows));
    for (const Place& place : silent) {
      const auto standing = read_standing(connection, "d.row = ?", place.row);
      if (standing) write_step(connection, place, {next(*standing), {}, "receipts", now, {}}, Tell::always);
    }
    moved = silent.size();
    return moved > 0;
  });
  return moved;
}

void SqlLedger::set_inbound(const std::string& digest, InboundState state, const std::string& reason,
                            std::span<const Number> numbers) {
  write([&](SqlConnection& connection) {
    const auto record = kept_record(connection, digest);
    if (!record) return false;
    mark(connection, *record, state, reason);
    if (state == InboundState::applied) {
      connection.prepare("DELETE FROM applied_parts WHERE inbound = ?").bind(record->row).run();
    }
    if (state != InboundState::foreign) return true;
    for (const Number& number : numbers) {
      connection
          .prepare(
              "INSERT INTO foreign_numbers (value, kind, dxp_id, seen_at) "
              "SELECT ?, ?, dxp_id, received_at FROM inbound WHERE row = ? "
              "ON CONFLICT (value, kind, dxp_id) DO UPDATE SET seen_at = excluded.seen_at")
          .bind(number.value, number.kind, record->row)
          .run();
    }
    return true;
  });
}

bool SqlLedger::is_foreign_number(const Number& number, const std::string& dxp_id) {
  return look([&](SqlConnection& connection) {
    auto row = connection.prepare("SELECT 1 FROM foreign_numbers WHERE value = ? AND kind = ? AND dxp_id = ?");
    row.bind(number.value, number.kind, dxp_id);
    return row.step();
  });
}

std::size_t SqlLedger::retry_unmatched() {
  std::size_t again = 0;
  write([&again](SqlConnection& connection) {
    const auto changed = connection
                             .prepare(
                                 "UPDATE inbound SET state = 'fresh' WHERE row IN "
                                 "(SELECT row FROM inbound WHERE state = 'unmatched' ORDER BY row DESC LIMIT ?)")
                             .bind(most_tried_again)
                             .run();
    connection.counts().inbound(word(InboundState::unmatched), -changed);
    connection.counts().inbound(word(InboundState::fresh), changed);
    again = static_cast<std::size_t>(changed);
    return again > 0;
  });
  return again;
}

}  // namespace gateway::ledger::sql

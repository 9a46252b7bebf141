#include "gateway/ledger/sql/rows.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/guid.h"
#include "gateway/ledger/chain.h"

namespace gateway::ledger::sql {

namespace {

void read_receipts(SqlConnection& connection, std::int64_t document, Standing& standing) {
  auto rows = connection.prepare(
      "SELECT status, returned_at, row, return_info FROM receipts WHERE document = ? "
      "AND said <> 'notice' ORDER BY row");
  rows.bind(document);
  while (rows.step()) {
    auto& fact = standing.receipts.emplace_back();
    rows.read(fact.status, fact.returned_at, fact.arrival, fact.info);
  }
}

void read_learnt(SqlConnection& connection, std::int64_t document, Standing& standing) {
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

Summary read_summary(SqlStatement& row) {
  Summary summary;
  row.read(summary.id, summary.type, summary.key, summary.number, summary.enterprise, summary.port, summary.version,
           summary.picture.state, summary.picture.stage, summary.picture.outcome, summary.picture.reason,
           summary.created_at);
  return summary;
}

std::string standing_query(std::string_view condition) {
  return "SELECT " + std::string(summary_columns) +
         ", d.guid, d.app_type, d.app_status, d.app_time, d.content_digest, b.body, d.dxp_id, d.deliveries_begun, "
         "d.sent_elsewhere, d.refused_together, d.revision, d.row FROM documents d "
         "JOIN document_bodies b ON b.document = d.row WHERE " +
         std::string(condition);
}

Standing standing_from(SqlConnection& connection, SqlStatement& row) {
  Standing standing;
  standing.summary = read_summary(row);
  std::int64_t document = 0;
  int sent_elsewhere = 0;
  row.read(standing.guid, standing.app_type, standing.app_status, standing.app_time, standing.content_digest,
           standing.body, standing.dxp_id, standing.deliveries_begun, sent_elsewhere, standing.refused_together,
           standing.revision, document);
  standing.sent_elsewhere = sent_elsewhere != 0;
  read_receipts(connection, document, standing);
  read_learnt(connection, document, standing);
  return standing;
}

Place read_place(SqlStatement& row) {
  Place place;
  row.read(place.row, place.message, place.picture.state, place.picture.stage, place.picture.outcome,
           place.picture.reason, place.guid, place.enterprise, place.chain, place.created_at, place.is_newest);
  return place;
}

std::optional<Place> place_of(SqlConnection& connection, const Move& move) {
  auto row = connection.prepare("SELECT " + std::string(place_columns) +
                                " FROM documents WHERE id = ? AND version = ? AND revision = ? AND state = ?" +
                                std::string(connection.dialect().lock_rows));
  row.bind(move.ref.id, move.ref.version, move.revision, move.from);
  if (!row.step()) return std::nullopt;
  return read_place(row);
}

namespace {

// Gives the digest of the new entry.
std::string add_move(SqlConnection& connection, const Place& place, const Step& step, Tell tell) {
  MoveRow entry;
  entry.at = step.at;
  entry.from = place.picture.state;
  entry.to = step.to.state;
  entry.stage = step.to.stage;
  entry.outcome = step.to.outcome;
  entry.reason = step.to.reason;
  entry.by = step.by;
  entry.evidence = step.evidence;
  std::string digest = link(place.chain, place.guid, entry);
  const bool is_told = tell == Tell::always || place.picture != step.to;
  insert_move(connection, place, entry, digest, is_told ? Told::yes : Told::no);
  return digest;
}

}  // namespace

void insert_move(SqlConnection& connection, const Place& place, const MoveRow& entry, const std::string& digest,
                 Told told) {
  connection
      .prepare(
          "INSERT INTO moves (document, enterprise, at, from_state, to_state, stage, outcome, reason, by, evidence, "
          "digest, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(place.row, place.enterprise, entry.at, entry.from, entry.to, entry.stage, entry.outcome, entry.reason,
            entry.by, entry.evidence, Blob{digest}, told == Told::yes ? 1 : 0)
      .run();
}

namespace {

// A message is due as those of its documents are that still have to be sent.
bool makes_due(State state) {
  return state == State::sealed || state == State::deferred || state == State::unconfirmed;
}

bool is_figured(State state) {
  return state == State::sent || state == State::settled || state == State::refused || state == State::held;
}

void count_step(SqlConnection& connection, const Place& place, const Step& step) {
  const State to = step.to.state;
  Counts& counts = connection.counts();
  counts.move_document(place.enterprise, word(place.picture.state), word(to));
  if (!is_figured(to)) return;
  std::string took;
  if (to == State::settled) took = std::to_string(duration_class(step.at - place.created_at));
  counts.figures().add(FigureOf::minute, step.at, place.enterprise, word(to), took);
  counts.figures().add(FigureOf::day, step.at, place.enterprise, word(to));
}

}  // namespace

void write_step(SqlConnection& connection, const Place& place, const Step& step, Tell tell, MessageDue message_due) {
  const Picture& to = step.to;
  const std::string digest = add_move(connection, place, step, tell);
  const bool changes_state = to.state != place.picture.state;
  // What is not named is in no need of a look at its indexes.
  std::string change = "UPDATE documents SET stage = ?, outcome = ?, reason = ?, due = ?, chain = ?";
  if (changes_state) change += ", state = ?, claimed_until = NULL, waits_until = NULL";
  if (step.into_message) change += ", message = ?";
  // What is to be sealed anew is in no message any more.
  if (to.state == State::accepted) change += ", message = NULL";
  auto update = connection.prepare(change + ", revision = revision + 1 WHERE row = ?");
  update.bind(to.stage, to.outcome, to.reason, step.due, Blob{digest});
  if (changes_state) update.bind(to.state);
  if (step.into_message) update.bind(*step.into_message);
  update.bind(place.row).run();
  if (place.is_newest && changes_state) count_step(connection, place, step);
  const bool bears_on_message = makes_due(place.picture.state) || makes_due(to.state);
  if (place.message && bears_on_message && message_due == MessageDue::refreshed) {
    refresh_due(connection, *place.message);
  }
}

std::string note(SqlConnection& connection, const Place& place, Step step, Told told) {
  const std::string reason = std::move(step.to.reason);
  step.to = place.picture;
  if (told == Told::yes) step.to.reason = reason;
  const std::string digest = add_move(connection, place, step, told == Told::yes ? Tell::always : Tell::if_changed);
  connection.prepare("UPDATE documents SET chain = ? WHERE row = ?").bind(Blob{digest}, place.row).run();
  return digest;
}

void forget_deliveries(SqlConnection& connection, std::int64_t document, std::int64_t deliveries) {
  connection
      .prepare(
          "UPDATE documents SET first_send = CASE WHEN deliveries_begun > ?1 THEN first_send END, "
          "deliveries_begun = CASE WHEN deliveries_begun > ?1 THEN deliveries_begun - ?1 ELSE 0 END WHERE row = ?2")
      .bind(deliveries, document)
      .run();
}

void leave_message(SqlConnection& connection, const Place& place) {
  connection.prepare("UPDATE documents SET message = NULL, refused_together = refused_together + 1 WHERE row = ?")
      .bind(place.row)
      .run();
  if (place.message) refresh_due(connection, *place.message);
}

void refresh_due(SqlConnection& connection, std::int64_t message) {
  connection
      .prepare(
          "UPDATE messages SET due = (SELECT min(due) FROM documents "
          "WHERE message = ?1 AND state IN ('sealed', 'deferred', 'unconfirmed')) WHERE row = ?1")
      .bind(message)
      .run();
}

std::optional<KeptRecord> kept_record(SqlConnection& connection, const std::string& digest) {
  auto row = connection.prepare("SELECT row, state FROM inbound WHERE digest = ?" +
                                std::string(connection.dialect().lock_rows));
  row.bind(digest);
  if (!row.step()) return std::nullopt;
  KeptRecord kept;
  row.read(kept.row, kept.state);
  return kept;
}

void mark(SqlConnection& connection, const KeptRecord& record, InboundState state, const std::string& reason) {
  connection.prepare("UPDATE inbound SET state = ?, reason = ? WHERE row = ?")
      .bind(word(state), reason, record.row)
      .run();
  connection.counts().move_inbound(record.state, word(state));
}

std::string new_document_id() {
  std::string id = base::new_guid();
  std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return id;
}

void add_body(SqlConnection& connection, std::int64_t document, const std::string& body) {
  connection.prepare("INSERT INTO document_bodies (document, body) VALUES (?, ?)").bind(document, body).run();
}

MessageBytes read_bytes(SqlConnection& connection, std::int64_t message) {
  auto row = connection.prepare("SELECT packing, signed_xml, envelope FROM message_bytes WHERE message = ?");
  row.bind(message);
  if (!row.step()) connection.refuse("账本缺少一份报文 / the ledger lacks the bytes of a message");
  std::int64_t packing = 0;
  MessageBytes kept;
  row.read(packing, kept.signed_xml, kept.envelope);
  return unpacked(static_cast<Packing>(packing), kept);
}

std::int64_t add_numbers(SqlConnection& connection, std::int64_t document, std::span<const Number> numbers) {
  std::int64_t added = 0;
  for (const Number& number : numbers) {
    added += connection.prepare("INSERT INTO numbers (value, kind, document) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                 .bind(number.value, number.kind, document)
                 .run();
  }
  return added;
}

void add_code(SqlConnection& connection, std::int64_t document, const std::string& code) {
  connection.prepare("INSERT INTO document_codes (document, code) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .bind(document, code)
      .run();
}

std::string moves_query(std::string_view rest) {
  return "SELECT coalesce(m.cursor, 0), m.at, d.id, d.key, d.type, d.version, m.from_state, m.to_state, m.stage, "
         "m.outcome, "
         "m.reason, m.by, m.evidence FROM moves m JOIN documents d ON d.row = m.document WHERE 1 = 1" +
         std::string(rest);
}

std::vector<MoveRow> read_moves(SqlStatement& rows) {
  std::vector<MoveRow> moves;
  while (rows.step()) {
    MoveRow& move = moves.emplace_back();
    rows.read(move.cursor, move.at, move.id, move.key, move.type, move.version, move.from, move.to, move.stage,
              move.outcome, move.reason, move.by, move.evidence);
  }
  return moves;
}

DeliveryOutcome outcome_of(std::string_view text) {
  if (const auto outcome = read_delivery_outcome(text)) return *outcome;
  throw LedgerError("账本中有不认识的投递结果 / the ledger holds an unknown outcome of a delivery: " +
                    std::string(text));
}

Said said_of(std::string_view text) {
  if (const auto said = read_said(text)) return *said;
  throw LedgerError("账本中有不认识的回执类别 / the ledger holds an unknown kind of receipt: " + std::string(text));
}

std::vector<InboundAct> acts_of(SqlConnection& connection, std::int64_t row) {
  std::vector<InboundAct> acts;
  auto rows = connection.prepare("SELECT at, by, reason FROM inbound_acts WHERE inbound = ? ORDER BY number");
  rows.bind(row);
  while (rows.step()) {
    InboundAct& act = acts.emplace_back();
    rows.read(act.at, act.by, act.reason);
  }
  return acts;
}

}  // namespace gateway::ledger::sql

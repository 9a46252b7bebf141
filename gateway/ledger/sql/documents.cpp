// One document with everything that belongs to it.

#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

// The row of the version asked for, else of the newest.
std::optional<std::int64_t> row_of(SqlConnection& connection, const std::string& id, std::optional<int> version) {
  auto found =
      connection.prepare("SELECT row FROM documents WHERE id = ?1 AND (version = ?2 OR (?2 IS NULL AND newest > 0))");
  found.bind(id, version);
  if (!found.step()) return std::nullopt;
  std::int64_t row = 0;
  found.read(row);
  return row;
}

std::vector<MoveRow> read_timeline(SqlConnection& connection, std::int64_t document) {
  auto rows = connection.prepare(
      moves_query(" AND m.document = ? ORDER BY " + std::string(connection.dialect().order_of_moves)));
  rows.bind(document);
  auto moves = read_moves(rows);
  std::vector<MoveRow> timeline;
  for (MoveRow& move : moves) {
    const bool is_shown = move.from != move.to || move.evidence.starts_with(notice_evidence);
    if (timeline.empty() || is_shown) timeline.push_back(std::move(move));
  }
  return timeline;
}

std::vector<DeliveryRow> read_deliveries(SqlConnection& connection, std::int64_t document) {
  std::vector<DeliveryRow> deliveries;
  auto rows = connection.prepare(
      "SELECT e.at, e.answer, e.outcome FROM message_documents m JOIN deliveries e ON e.message = m.message "
      "WHERE m.document = ? ORDER BY e.number");
  rows.bind(document);
  while (rows.step()) {
    DeliveryRow& delivery = deliveries.emplace_back();
    std::string outcome;
    rows.read(delivery.at, delivery.answer, outcome);
    delivery.outcome = outcome_of(outcome);
  }
  return deliveries;
}

void read_receipt_rows(SqlConnection& connection, std::int64_t document, WholeDocument& whole) {
  auto rows = connection.prepare(
      "SELECT status, return_time, return_info, returned_at, at, effect, type, said FROM receipts WHERE document = ? "
      "ORDER BY row");
  rows.bind(document);
  while (rows.step()) {
    ReceiptRow receipt;
    std::string said;
    rows.read(receipt.status, receipt.return_time, receipt.return_info, receipt.returned_at, receipt.at, receipt.effect,
              receipt.type, said);
    receipt.said = said_of(said);
    (receipt.said == Said::receipt ? whole.receipts : whole.notices).push_back(std::move(receipt));
  }
}

std::vector<Summary> read_versions(SqlConnection& connection, const std::string& id) {
  std::vector<Summary> versions;
  auto rows = connection.prepare("SELECT " + std::string(summary_columns) +
                                 " FROM documents d WHERE d.id = ? ORDER BY d.version");
  rows.bind(id);
  while (rows.step()) versions.push_back(read_summary(rows));
  return versions;
}

std::vector<DocumentRef> read_members(SqlConnection& connection, std::int64_t message) {
  std::vector<DocumentRef> members;
  auto rows = connection.prepare("SELECT id, version FROM documents WHERE message = ? ORDER BY row");
  rows.bind(message);
  while (rows.step()) {
    DocumentRef& ref = members.emplace_back();
    rows.read(ref.id, ref.version);
  }
  return members;
}

}  // namespace

std::optional<WholeDocument> SqlLedger::document(const std::string& id, std::optional<int> version) {
  return look([&](SqlConnection& connection) -> std::optional<WholeDocument> {
    const auto document = row_of(connection, id, version);
    if (!document) return std::nullopt;
    auto row = connection.prepare("SELECT " + std::string(summary_columns) +
                                  ", d.guid, d.app_type, b.body, d.sent_elsewhere, d.chain FROM documents d "
                                  "JOIN document_bodies b ON b.document = d.row WHERE d.row = ?");
    row.bind(*document);
    if (!row.step()) return std::nullopt;
    WholeDocument whole;
    whole.summary = read_summary(row);
    int sent_elsewhere = 0;
    row.read(whole.guid, whole.app_type, whole.body, sent_elsewhere, whole.chain);
    whole.sent_elsewhere = sent_elsewhere != 0;
    whole.timeline = read_timeline(connection, *document);
    whole.deliveries = read_deliveries(connection, *document);
    read_receipt_rows(connection, *document, whole);
    whole.versions = read_versions(connection, id);
    return whole;
  });
}

std::optional<Bearings> SqlLedger::bearings(const std::string& id) {
  return look([&](SqlConnection& connection) -> std::optional<Bearings> {
    auto standing = read_standing(connection, "d.id = ? AND d.newest > 0", id);
    if (!standing) return std::nullopt;
    Bearings bearings;
    bearings.standing = std::move(*standing);
    auto row = connection.prepare("SELECT row, message FROM documents WHERE id = ? AND newest > 0");
    row.bind(id);
    std::int64_t document = 0;
    std::optional<std::int64_t> message;
    if (row.step()) row.read(document, message);
    if (!message) return bearings;
    bearings.has_bytes = true;
    auto deliveries = connection.prepare("SELECT outcome FROM deliveries WHERE message = ? ORDER BY number");
    deliveries.bind(*message);
    while (deliveries.step()) {
      std::string outcome;
      deliveries.read(outcome);
      bearings.deliveries.push_back(outcome_of(outcome));
    }
    auto others = connection.prepare(
        "SELECT DISTINCT state FROM documents WHERE message = ? AND row <> ? "
        "AND state IN ('unconfirmed', 'sent', 'withdrawn')");
    others.bind(*message, document);
    while (others.step()) {
      State state{};
      others.read(state);
      (state == State::withdrawn ? bearings.others_withdrawn : bearings.others_await_answer) = true;
    }
    return bearings;
  });
}

std::vector<std::string> SqlLedger::bodies(std::span<const DocumentRef> documents) {
  return look([&](SqlConnection& connection) {
    std::vector<std::string> bodies;
    for (const DocumentRef& ref : documents) {
      auto row = connection.prepare(
          "SELECT b.body FROM documents d JOIN document_bodies b ON b.document = d.row WHERE d.id = ? AND d.version = "
          "?");
      row.bind(ref.id, ref.version);
      std::string& body = bodies.emplace_back();
      if (row.step()) row.read(body);
    }
    return bodies;
  });
}

std::optional<SealedMessage> SqlLedger::message_of(const std::string& id, std::optional<int> version) {
  return look([&](SqlConnection& connection) -> std::optional<SealedMessage> {
    const auto document = row_of(connection, id, version);
    if (!document) return std::nullopt;
    auto row = connection.prepare(
        "SELECT m.guid, m.type, m.enterprise, m.port, m.dialect, m.row "
        "FROM documents d JOIN messages m ON m.row = d.message WHERE d.row = ?");
    row.bind(*document);
    if (!row.step()) return std::nullopt;
    SealedMessage message;
    std::int64_t message_row = 0;
    row.read(message.guid, message.type, message.enterprise, message.port, message.dialect, message_row);
    MessageBytes bytes = read_bytes(connection, message_row);
    message.signed_xml = std::move(bytes.signed_xml);
    message.envelope = std::move(bytes.envelope);
    message.documents = read_members(connection, message_row);
    return message;
  });
}

}  // namespace gateway::ledger::sql

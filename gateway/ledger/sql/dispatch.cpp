// What dispatch asks of the ledger.
#include <algorithm>

#include "base/digest.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

std::int64_t insert_message(SqlConnection& connection, const SealedMessage& message, base::Time now) {
  return connection
      .prepare(
          "INSERT INTO messages (guid, type, enterprise, port, dialect, signed_xml, envelope, sealed_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING row")
      .bind(message.guid, message.type, message.enterprise, message.port, message.dialect, Blob{message.signed_xml},
            Blob{message.envelope}, now)
      .number();
}

void put_into(SqlConnection& connection, std::int64_t message, std::int64_t document, const std::string& guid) {
  connection.prepare("UPDATE documents SET message = ? WHERE row = ?").bind(message, document).run();
  connection.prepare("INSERT INTO message_documents (message, document) VALUES (?, ?)").bind(message, document).run();
  const Number root{"guid", guid};
  add_numbers(connection, document, std::span(&root, 1));
}

void read_documents(SqlConnection& connection, std::int64_t message, DueMessage& due) {
  auto rows = connection.prepare("SELECT id, version, state FROM documents WHERE message = ? ORDER BY row");
  rows.bind(message);
  while (rows.step()) {
    auto& [ref, state] = due.documents.emplace_back();
    rows.read(ref.id, ref.version, state);
  }
}

struct Flight {
  std::int64_t message = 0;
  bool open = false;
};

std::optional<Flight> flight_of(SqlConnection& connection, std::int64_t delivery) {
  auto row = connection.prepare("SELECT message, outcome = 'begun' FROM deliveries WHERE number = ?" +
                                std::string(connection.dialect().lock_rows));
  row.bind(delivery);
  if (!row.step()) return std::nullopt;
  Flight flight;
  int open = 0;
  row.read(flight.message, open);
  flight.open = open != 0;
  return flight;
}

// Refused as a whole: what never left this machine does not count either, where the documents go anew.
std::int64_t never_left(SqlConnection& connection, std::int64_t message) {
  return connection.prepare("SELECT count(*) FROM deliveries WHERE message = ? AND outcome = 'unreachable'")
      .bind(message)
      .number();
}

void decide_document(SqlConnection& connection, const Place& place, const Ledger::Decide& next, const Step& answer) {
  const auto standing = read_standing(connection, "d.row = ?", place.row);
  if (!standing) return;
  Step step = answer;
  const auto decided = next(*standing);
  if (!decided) {
    note(connection, place, step);
    return;
  }
  step.to = decided->picture;
  step.due = decided->due;
  write_step(connection, place, step, Tell::if_changed, MessageDue::left_to_caller);
  if (decided->message == Ledger::Message::stays || !place.message) return;
  forget_deliveries(connection, place.row, never_left(connection, *place.message));
  leave_message(connection, place);
}

std::string placeholders(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += ", ?";
  return list;
}

}  // namespace

std::vector<DueDocument> SqlLedger::due_documents(const std::string& port, base::Time now, std::size_t most,
                                                  std::span<const std::string> busy) {
  return look([&](SqlConnection& connection) {
    std::vector<DueDocument> due;
    auto rows = connection.prepare(
        "SELECT id, version, type, key, enterprise, port, body, guid, revision, created_at, refused_together "
        "FROM documents "
        "WHERE state = 'accepted' AND port = ? AND due <= ? AND (claimed_until IS NULL OR claimed_until < " +
        std::string(connection.dialect().now) + ") AND enterprise NOT IN (''" + placeholders(busy.size()) +
        ") ORDER BY due, row LIMIT ?");
    rows.bind(port, now);
    for (const auto& enterprise : busy) rows.bind(enterprise);
    rows.bind(most);
    while (rows.step()) {
      DueDocument& document = due.emplace_back();
      int refused_together = 0;
      rows.read(document.ref.id, document.ref.version, document.type, document.key, document.enterprise, document.port,
                document.body, document.guid, document.revision, document.created_at, refused_together);
      document.goes_alone = refused_together > 0;
    }
    return due;
  });
}

std::vector<DocumentRef> SqlLedger::claim(std::span<const DocumentRef> documents) {
  if (store_->is_alone()) return {documents.begin(), documents.end()};
  std::vector<DocumentRef> claimed;
  write([&](SqlConnection& connection) {
    claimed.clear();
    const std::string now(connection.dialect().now);
    for (const DocumentRef& ref : documents) {
      auto update = connection.prepare("UPDATE documents SET claimed_until = " + now +
                                       " + ? WHERE row = (SELECT row FROM documents WHERE id = ? AND version = ? "
                                       "AND state = 'accepted' AND (claimed_until IS NULL OR claimed_until < " +
                                       now + ")" + std::string(connection.dialect().skip_locked) + ")");
      update.bind(std::chrono::milliseconds(claim_lasts).count(), ref.id, ref.version);
      if (update.run() == 1) claimed.push_back(ref);
    }
    return true;
  });
  return claimed;
}

bool SqlLedger::seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) {
  return write([&](SqlConnection& connection) {
    const std::int64_t row = insert_message(connection, message, now);
    const std::string evidence = "message " + message.guid + " " + base::sha256_hex(message.signed_xml);
    for (const Move& move : moves) {
      const auto place = place_of(connection, move);
      if (!place) return false;
      write_step(connection, *place, {move.to, move.due ? move.due : now, move.by, now, evidence}, Tell::always);
      put_into(connection, row, place->row, message.guid);
    }
    refresh_due(connection, row);
    return true;
  });
}

std::vector<DueMessage> SqlLedger::due_messages(const std::string& port, base::Time now, std::size_t most) {
  return look([&](SqlConnection& connection) {
    std::vector<DueMessage> due;
    auto rows = connection.prepare(
        "SELECT guid, type, enterprise, port, envelope, tries, first_try, row FROM messages "
        "WHERE due IS NOT NULL AND in_flight = 0 AND port = ? AND due <= ? ORDER BY due, row LIMIT ?");
    rows.bind(port, now, most);
    while (rows.step()) {
      DueMessage& message = due.emplace_back();
      std::int64_t row = 0;
      rows.read(message.guid, message.type, message.enterprise, message.port, message.envelope, message.tries,
                message.first_try, row);
      read_documents(connection, row, message);
    }
    return due;
  });
}

std::optional<std::int64_t> SqlLedger::begin_delivery(const std::string& message_guid, base::Time now) {
  return write([&](SqlConnection& connection) -> std::optional<std::int64_t> {
    auto row = connection.prepare("SELECT row FROM messages WHERE guid = ? AND due IS NOT NULL AND in_flight = 0" +
                                  std::string(connection.dialect().lock_rows));
    row.bind(message_guid);
    if (!row.step()) return std::nullopt;
    std::int64_t message = 0;
    row.read(message);
    connection
        .prepare(
            "UPDATE messages SET tries = tries + 1, first_try = coalesce(first_try, ?1), "
            "in_flight = in_flight + 1 WHERE row = ?2")
        .bind(now, message)
        .run();
    connection
        .prepare(
            "UPDATE documents SET deliveries_begun = deliveries_begun + 1, first_send = coalesce(first_send, ?1), "
            "revision = revision + 1 WHERE message = ?2")
        .bind(now, message)
        .run();
    return connection
        .prepare("INSERT INTO deliveries (message, at, outcome, gateway) VALUES (?, ?, 'begun', ?) RETURNING number")
        .bind(message, now, store_->place())
        .number();
  });
}

void SqlLedger::finish_delivery(std::int64_t delivery, DeliveryOutcome outcome, const std::string& answer,
                                base::Time now, const Decide& next) {
  write([&](SqlConnection& connection) {
    const auto flight = flight_of(connection, delivery);
    if (!flight || !flight->open) return false;
    connection.prepare("UPDATE deliveries SET outcome = ?, answer = ?, finished_at = ? WHERE number = ?")
        .bind(word(outcome), answer, now, delivery)
        .run();
    connection.prepare("UPDATE messages SET in_flight = in_flight - 1 WHERE row = ?").bind(flight->message).run();
    std::vector<Place> places;
    auto rows =
        connection.prepare("SELECT " + std::string(place_columns) + " FROM documents WHERE message = ? ORDER BY row" +
                           std::string(connection.dialect().lock_rows));
    rows.bind(flight->message);
    while (rows.step()) places.push_back(read_place(rows));
    Step step;
    step.by = "dispatch";
    step.at = now;
    step.evidence = "delivery " + std::to_string(delivery) + " " + std::string(word(outcome)) + " " + answer;
    for (const Place& place : places) {
      if (outcome == DeliveryOutcome::refused) forget_deliveries(connection, place.row, 1);
      decide_document(connection, place, next, step);
    }
    refresh_due(connection, flight->message);
    return true;
  });
}

std::vector<std::pair<std::int64_t, std::string>> SqlLedger::abandoned_deliveries() {
  return look([](SqlConnection& connection) {
    std::vector<std::pair<std::int64_t, std::string>> open;
    auto rows = connection.prepare(
        "SELECT d.number, m.guid FROM deliveries d JOIN messages m ON m.row = d.message "
        "WHERE d.outcome = 'begun' AND d.gateway NOT IN (SELECT place FROM gateways WHERE until > " +
        std::string(connection.dialect().now) + ") ORDER BY d.number");
    while (rows.step()) {
      auto& [number, guid] = open.emplace_back();
      rows.read(number, guid);
    }
    return open;
  });
}

std::optional<base::Time> SqlLedger::next_due() {
  return look([](SqlConnection& connection) {
    std::optional<base::Time> due;
    auto row = connection.prepare(
        "SELECT min(due) FROM (SELECT min(due) AS due FROM documents WHERE state = 'accepted' "
        "UNION ALL SELECT min(due) FROM messages WHERE due IS NOT NULL AND in_flight = 0) AS all_due");
    if (row.step()) row.read(due);
    return due;
  });
}

}  // namespace gateway::ledger::sql

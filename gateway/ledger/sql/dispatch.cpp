// What dispatch asks of the ledger.
#include <algorithm>
#include <deque>
#include <set>

#include "base/digest.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

std::int64_t insert_message(SqlConnection& connection, const SealedMessage& message, const MessageBytes& bytes,
                            base::Time now) {
  const auto row =
      connection
          .prepare(connection.adding("INSERT INTO messages (guid, type, enterprise, port, dialect, sealed_at) "
                                     "VALUES (?, ?, ?, ?, ?, ?)",
                                     "row"))
          .bind(message.guid, message.type, message.enterprise, message.port, message.dialect, now)
          .added();
  connection.prepare("INSERT INTO message_bytes (message, packing, signed_xml, envelope) VALUES (?, ?, ?, ?)")
      .bind(row, static_cast<std::int64_t>(Packing::zstd), Blob{bytes.signed_xml}, Blob{bytes.envelope})
      .run();
  return row;
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

// Of documents that no other gateway has in hand: a claim ends with its time, and with the place of the gateway.
std::string nobody_elses(const SqlConnection& connection, const std::string& mine) {
  const std::string now(connection.dialect().now);
  return "(claimed_until IS NULL OR claimed_until < " + now + " OR claimed_by = " + mine +
         " OR claimed_by NOT IN (SELECT place FROM gateways WHERE until > " + now + "))";
}

constexpr std::string_view waiting_documents =
    "documents WHERE state = 'accepted' AND waits_until IS NULL AND port = ?1";
constexpr std::string_view waiting_messages = "messages WHERE due IS NOT NULL AND in_flight = 0 AND port = ?1";

// Enterprises behind `after` with something due, in the order of the index, one step through it for each.
std::vector<std::string> enterprises_behind(SqlConnection& connection, std::string_view waiting,
                                            const std::string& port, base::Time now, const std::string& after,
                                            std::size_t most) {
  const std::string them(waiting);
  auto rows = connection.prepare("WITH RECURSIVE turn (enterprise) AS (SELECT min(enterprise) FROM " + them +
                                 " AND enterprise > ?3 UNION ALL SELECT (SELECT min(enterprise) FROM " + them +
                                 " AND enterprise > turn.enterprise) FROM turn WHERE turn.enterprise IS NOT NULL) "
                                 "SELECT enterprise FROM turn WHERE turn.enterprise IS NOT NULL AND (SELECT min(due) "
                                 "FROM " +
                                 them + " AND enterprise = turn.enterprise) <= ?2 LIMIT ?4");
  rows.bind(port, now, after, most);
  std::vector<std::string> enterprises;
  while (rows.step()) rows.read(enterprises.emplace_back());
  return enterprises;
}

// Likewise, and then round from the beginning.
std::vector<std::string> enterprises_in_turn(SqlConnection& connection, std::string_view waiting,
                                             const std::string& port, base::Time now, const std::string& after,
                                             std::size_t most) {
  auto enterprises = enterprises_behind(connection, waiting, port, now, after, most);
  if (after.empty() || enterprises.size() >= most) return enterprises;
  const std::set<std::string> behind(enterprises.begin(), enterprises.end());
  for (auto& enterprise : enterprises_behind(connection, waiting, port, now, {}, most - enterprises.size())) {
    if (behind.contains(enterprise)) break;
    enterprises.push_back(std::move(enterprise));
  }
  return enterprises;
}

void read_due_documents(SqlConnection& connection, const std::string& mine, const std::string& port,
                        const std::string& enterprise, base::Time now, std::size_t most,
                        std::vector<DueDocument>& due) {
  auto rows = connection.prepare(
      "SELECT id, version, type, key, enterprise, port, body, guid, revision, created_at, refused_together FROM "
      "documents JOIN document_bodies ON document_bodies.document = documents.row "
      "WHERE state = 'accepted' AND waits_until IS NULL AND port = ? AND enterprise = ? AND due <= ? AND " +
      nobody_elses(connection, "?") + " ORDER BY due, row LIMIT ?");
  rows.bind(port, enterprise, now, mine, most);
  while (rows.step()) {
    DueDocument& document = due.emplace_back();
    std::int64_t refused_together = 0;
    rows.read(document.ref.id, document.ref.version, document.type, document.key, document.enterprise, document.port,
              document.body, document.guid, document.revision, document.created_at, refused_together);
    document.goes_alone = refused_together > 0;
  }
}

// Their rows, the oldest first.
std::deque<std::int64_t> due_messages_of(SqlConnection& connection, const std::string& port,
                                         const std::string& enterprise, base::Time now, std::size_t most) {
  auto rows = connection.prepare(
      "SELECT row FROM messages WHERE due IS NOT NULL AND in_flight = 0 AND port = ? AND enterprise = ? AND due <= ? "
      "ORDER BY due, row LIMIT ?");
  rows.bind(port, enterprise, now, most);
  std::deque<std::int64_t> messages;
  while (rows.step()) rows.read(messages.emplace_back());
  return messages;
}

std::vector<std::int64_t> in_turn(std::vector<std::deque<std::int64_t>> of_each, std::size_t most) {
  std::vector<std::int64_t> taken;
  bool some = true;
  while (some && taken.size() < most) {
    some = false;
    for (auto& messages : of_each) {
      if (messages.empty() || taken.size() >= most) continue;
      taken.push_back(messages.front());
      messages.pop_front();
      some = true;
    }
  }
  return taken;
}

DueMessage read_due_message(SqlConnection& connection, std::int64_t row) {
  DueMessage message;
  auto found = connection.prepare(
      "SELECT guid, type, enterprise, port, tries, coalesce(first_try, sealed_at) FROM messages WHERE row = ?");
  found.bind(row);
  found.step();
  found.read(message.guid, message.type, message.enterprise, message.port, message.tries, message.tried_since);
  read_documents(connection, row, message);
  return message;
}

std::vector<std::int64_t> due_later(SqlConnection& connection, const std::string& port, State state, base::Time than,
                                    std::size_t most) {
  auto rows = connection.prepare(
      "SELECT row FROM messages WHERE due IS NOT NULL AND in_flight = 0 AND port = ? AND due > ? "
      "AND EXISTS (SELECT 1 FROM documents WHERE documents.message = messages.row AND documents.state = ?) "
      "ORDER BY due, row LIMIT ?");
  rows.bind(port, than, state, most);
  std::vector<std::int64_t> messages;
  while (rows.step()) rows.read(messages.emplace_back());
  return messages;
}

std::vector<std::int64_t> due_after(SqlConnection& connection, base::Time latest, std::size_t most) {
  auto rows = connection.prepare(
      "SELECT row FROM messages WHERE due IS NOT NULL AND in_flight = 0 AND due > ? ORDER BY due, row LIMIT ?" +
      std::string(connection.dialect().skip_locked));
  rows.bind(latest, most);
  std::vector<std::int64_t> messages;
  while (rows.step()) rows.read(messages.emplace_back());
  return messages;
}

}  // namespace

std::vector<DueDocument> SqlLedger::due_documents(const std::string& port, base::Time now, std::size_t most,
                                                  const Turn& turn) {
  const std::size_t together = 4 * most;
  return look([&](SqlConnection& connection) {
    std::vector<DueDocument> due;
    for (const auto& enterprise :
         enterprises_in_turn(connection, waiting_documents, port, now, turn.after, turn.busy.size() + together)) {
      if (due.size() >= together) break;
      if (std::ranges::find(turn.busy, enterprise) != turn.busy.end()) continue;
      read_due_documents(connection, store_->place(), port, enterprise, now, std::min(most, together - due.size()),
                         due);
    }
    return due;
  });
}

std::vector<DocumentRef> SqlLedger::claim(std::span<const DocumentRef> documents) {
  if (store_->is_alone()) return {documents.begin(), documents.end()};
  std::vector<DocumentRef> claimed;
  write([&, mine = store_->place()](SqlConnection& connection) {
    claimed.clear();
    for (const DocumentRef& ref : documents) {
      auto update = connection.prepare(
          "UPDATE documents SET claimed_by = ?3, claimed_until = " + std::string(connection.dialect().now) +
          " + ?4 WHERE row = (SELECT row FROM documents WHERE id = ?1 AND version = ?2 AND state = 'accepted' AND " +
          nobody_elses(connection, "?3") + std::string(connection.dialect().skip_locked) + ")");
      update.bind(ref.id, ref.version, mine, std::chrono::milliseconds(claim_lasts).count());
      if (update.run() == 1) claimed.push_back(ref);
    }
    return true;
  });
  return claimed;
}

bool SqlLedger::seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) {
  const MessageBytes bytes = packed(message.signed_xml, message.envelope);
  const std::string evidence = "message " + message.guid + " " + base::sha256_hex(message.signed_xml);
  return write([&](SqlConnection& connection) {
    const std::int64_t row = insert_message(connection, message, bytes, now);
    for (const Move& move : moves) {
      const auto place = place_of(connection, move);
      if (!place) return false;
      write_step(connection, *place, {move.to, move.due ? move.due : now, move.by, now, evidence, row}, Tell::always);
      connection.prepare("INSERT INTO message_documents (message, document) VALUES (?, ?)").bind(row, place->row).run();
    }
    refresh_due(connection, row);
    return true;
  });
}

std::vector<DueMessage> SqlLedger::due_messages(const std::string& port, base::Time now, std::size_t most,
                                                const std::string& after) {
  return look([&](SqlConnection& connection) {
    std::vector<std::deque<std::int64_t>> of_each;
    for (const auto& enterprise : enterprises_in_turn(connection, waiting_messages, port, now, after, most)) {
      of_each.push_back(due_messages_of(connection, port, enterprise, now, most));
    }
    std::vector<DueMessage> due;
    for (const std::int64_t row : in_turn(std::move(of_each), most)) due.push_back(read_due_message(connection, row));
    return due;
  });
}

std::string SqlLedger::envelope_of(const std::string& message_guid) {
  return look([&](SqlConnection& connection) {
    auto row = connection.prepare("SELECT row FROM messages WHERE guid = ?");
    return read_bytes(connection, row.bind(message_guid).number()).envelope;
  });
}

std::size_t SqlLedger::bring_forward(const std::string& port, const Forward& forward, std::size_t most) {
  std::size_t number = 0;
  write([&](SqlConnection& connection) {
    number = 0;
    const auto end = forward.from + forward.spread;
    const auto messages = due_later(connection, port, forward.state, end, most);
    for (const std::int64_t message : messages) {
      const auto due = forward.from + forward.spread * number++ / messages.size();
      connection
          .prepare("UPDATE documents SET due = ?, revision = revision + 1 WHERE message = ? AND state = ? AND due > ?")
          .bind(due, message, forward.state, end)
          .run();
      refresh_due(connection, message);
    }
    return true;
  });
  return number;
}

std::size_t SqlLedger::bring_back(base::Time latest, base::Time now, std::size_t most) {
  std::size_t brought = 0;
  write([&](SqlConnection& connection) {
    auto update = connection.prepare(
        "UPDATE documents SET due = ?1, revision = revision + 1 WHERE row IN (SELECT row FROM documents "
        "WHERE state = 'accepted' AND due > ?2 ORDER BY due LIMIT ?3)");
    brought = static_cast<std::size_t>(update.bind(now, latest, most).run());
    for (const std::int64_t message : due_after(connection, latest, most)) {
      connection
          .prepare(
              "UPDATE documents SET due = ?1, revision = revision + 1 WHERE message = ?2 AND due > ?3 "
              "AND state IN ('sealed', 'deferred', 'unconfirmed')")
          .bind(now, message, latest)
          .run();
      refresh_due(connection, message);
      ++brought;
    }
    return brought > 0;
  });
  return brought;
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
        .prepare(connection.adding("INSERT INTO deliveries (message, at, outcome, gateway) VALUES (?, ?, 'begun', ?)",
                                   "number"))
        .bind(message, now, store_->place())
        .added();
  });
}

std::optional<std::int64_t> SqlLedger::begun_delivery(const std::string& message_guid) {
  return look([&](SqlConnection& connection) -> std::optional<std::int64_t> {
    auto row = connection.prepare(
        "SELECT d.number FROM deliveries d JOIN messages m ON m.row = d.message "
        "WHERE m.guid = ? AND d.outcome = 'begun' AND d.gateway = ?");
    row.bind(message_guid, store_->place());
    if (!row.step()) return std::nullopt;
    std::int64_t number = 0;
    row.read(number);
    return number;
  });
}

void SqlLedger::finish_delivery(std::int64_t delivery, const Ending& ending, base::Time now, const Decide& next) {
  write([&](SqlConnection& connection) {
    const auto flight = flight_of(connection, delivery);
    if (!flight || !flight->open) return false;
    connection.prepare("UPDATE deliveries SET outcome = ?, answer = ?, finished_at = ? WHERE number = ?")
        .bind(word(ending.outcome), ending.answer, now, delivery)
        .run();
    if (!ending.proof.empty()) {
      connection.prepare("UPDATE deliveries SET proof = ? WHERE number = ?").bind(Blob{ending.proof}, delivery).run();
    }
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
    step.evidence =
        "delivery " + std::to_string(delivery) + " " + std::string(word(ending.outcome)) + " " + ending.answer;
    for (const Place& place : places) {
      if (ending.outcome == DeliveryOutcome::refused) forget_deliveries(connection, place.row, 1);
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

}  // namespace gateway::ledger::sql

// What dispatch asks of the ledger.
#include <algorithm>
#include <deque>
#include <set>

#include "gateway/ledger/sqlite_ledger.h"
#include "gateway/ledger/sqlite_ledger_rows.h"

namespace gateway::ledger {

namespace {

std::int64_t insert_message(SqliteConnection& connection, const SealedMessage& message, base::Time now) {
  connection
      .prepare(
          "INSERT INTO messages (guid, type, enterprise, port, dialect, signed_xml, envelope, sealed_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(message.guid, message.type, message.enterprise, message.port, message.dialect, Blob{message.signed_xml},
            Blob{message.envelope}, now)
      .run();
  return connection.last_row();
}

void put_into(SqliteConnection& connection, std::int64_t message, std::int64_t document, const std::string& guid) {
  connection.prepare("UPDATE documents SET message = ? WHERE row = ?").bind(message, document).run();
  connection.prepare("INSERT INTO message_documents (message, document) VALUES (?, ?)").bind(message, document).run();
  const Number root{"guid", guid};
  add_numbers(connection, document, std::span(&root, 1));
}

void read_documents(SqliteConnection& connection, std::int64_t message, DueMessage& due) {
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

std::optional<Flight> flight_of(SqliteConnection& connection, std::int64_t delivery) {
  auto row = connection.prepare("SELECT message, outcome = 'begun' FROM deliveries WHERE number = ?");
  row.bind(delivery);
  if (!row.step()) return std::nullopt;
  Flight flight;
  int open = 0;
  row.read(flight.message, open);
  flight.open = open != 0;
  return flight;
}

void decide_document(SqliteConnection& connection, const Place& place, const Ledger::Decide& next, base::Time now) {
  const auto standing = read_standing(connection, "d.row = ?", place.row);
  if (!standing) return;
  const auto decided = next(*standing);
  if (!decided) return;
  const Place current{place.row, place.message, standing->summary.picture};
  write_step(connection, current, {decided->picture, decided->due, "dispatch", now}, Tell::if_changed);
}

constexpr std::string_view waiting_documents = "documents WHERE state = 'accepted' AND port = ?1";
constexpr std::string_view waiting_messages = "messages WHERE due IS NOT NULL AND in_flight = 0 AND port = ?1";

// Enterprises behind `after` with something due, in the order of the index, one step through it for each.
std::vector<std::string> enterprises_behind(SqliteConnection& connection, std::string_view waiting,
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
std::vector<std::string> enterprises_in_turn(SqliteConnection& connection, std::string_view waiting,
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

void read_due_documents(SqliteConnection& connection, const std::string& port, const std::string& enterprise,
                        base::Time now, std::size_t most, std::vector<DueDocument>& due) {
  auto rows = connection.prepare(
      "SELECT id, version, type, key, enterprise, port, body, guid, revision, created_at FROM documents "
      "WHERE state = 'accepted' AND port = ? AND enterprise = ? AND due <= ? ORDER BY due, row LIMIT ?");
  rows.bind(port, enterprise, now, most);
  while (rows.step()) {
    DueDocument& document = due.emplace_back();
    rows.read(document.ref.id, document.ref.version, document.type, document.key, document.enterprise, document.port,
              document.body, document.guid, document.revision, document.created_at);
  }
}

// Their rows, the oldest first.
std::deque<std::int64_t> due_messages_of(SqliteConnection& connection, const std::string& port,
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

DueMessage read_due_message(SqliteConnection& connection, std::int64_t row) {
  DueMessage message;
  auto found =
      connection.prepare("SELECT guid, type, enterprise, port, envelope, tries, first_try FROM messages WHERE row = ?");
  found.bind(row);
  found.step();
  found.read(message.guid, message.type, message.enterprise, message.port, message.envelope, message.tries,
             message.first_try);
  read_documents(connection, row, message);
  return message;
}

std::vector<std::int64_t> due_later(SqliteConnection& connection, const std::string& port, State state, base::Time than,
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

}  // namespace

std::vector<DueDocument> SqliteLedger::due_documents(const std::string& port, base::Time now, std::size_t most,
                                                     const Turn& turn) {
  const std::size_t together = 4 * most;
  return look([&](SqliteConnection& connection) {
    std::vector<DueDocument> due;
    for (const auto& enterprise :
         enterprises_in_turn(connection, waiting_documents, port, now, turn.after, turn.busy.size() + together)) {
      if (due.size() >= together) break;
      if (std::ranges::find(turn.busy, enterprise) != turn.busy.end()) continue;
      read_due_documents(connection, port, enterprise, now, std::min(most, together - due.size()), due);
    }
    return due;
  });
}

bool SqliteLedger::seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) {
  return write([&](SqliteConnection& connection) {
    const std::int64_t row = insert_message(connection, message, now);
    for (const Move& move : moves) {
      const auto place = place_of(connection, move);
      if (!place) return false;
      write_step(connection, *place, {move.to, move.due ? move.due : now, move.by, now}, Tell::always);
      put_into(connection, row, place->row, message.guid);
    }
    refresh_due(connection, row);
    return true;
  });
}

std::vector<DueMessage> SqliteLedger::due_messages(const std::string& port, base::Time now, std::size_t most,
                                                   const std::string& after) {
  return look([&](SqliteConnection& connection) {
    std::vector<std::deque<std::int64_t>> of_each;
    for (const auto& enterprise : enterprises_in_turn(connection, waiting_messages, port, now, after, most)) {
      of_each.push_back(due_messages_of(connection, port, enterprise, now, most));
    }
    std::vector<DueMessage> due;
    for (const std::int64_t row : in_turn(std::move(of_each), most)) due.push_back(read_due_message(connection, row));
    return due;
  });
}

std::size_t SqliteLedger::bring_forward(const std::string& port, const Forward& forward, std::size_t most) {
  std::size_t number = 0;
  write([&](SqliteConnection& connection) {
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

std::optional<std::int64_t> SqliteLedger::begin_delivery(const std::string& message_guid, base::Time now) {
  return write([&](SqliteConnection& connection) -> std::optional<std::int64_t> {
    auto row = connection.prepare("SELECT row FROM messages WHERE guid = ? AND due IS NOT NULL");
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
    connection.prepare("INSERT INTO deliveries (message, at, outcome) VALUES (?, ?, 'begun')").bind(message, now).run();
    return connection.last_row();
  });
}

void SqliteLedger::finish_delivery(std::int64_t delivery, DeliveryOutcome outcome, const std::string& answer,
                                   base::Time now, const Decide& next) {
  write([&](SqliteConnection& connection) {
    const auto flight = flight_of(connection, delivery);
    if (!flight || !flight->open) return false;
    connection.prepare("UPDATE deliveries SET outcome = ?, answer = ?, finished_at = ? WHERE number = ?")
        .bind(word(outcome), answer, now, delivery)
        .run();
    connection.prepare("UPDATE messages SET in_flight = in_flight - 1 WHERE row = ?").bind(flight->message).run();
    std::vector<Place> places;
    auto rows = connection.prepare("SELECT row, message FROM documents WHERE message = ? ORDER BY row");
    rows.bind(flight->message);
    while (rows.step()) {
      Place& place = places.emplace_back();
      rows.read(place.row, place.message);
    }
    for (const Place& place : places) decide_document(connection, place, next, now);
    return true;
  });
}

std::vector<std::pair<std::int64_t, std::string>> SqliteLedger::open_deliveries() {
  return look([](SqliteConnection& connection) {
    std::vector<std::pair<std::int64_t, std::string>> open;
    auto rows = connection.prepare(
        "SELECT d.number, m.guid FROM deliveries d JOIN messages m ON m.row = d.message "
        "WHERE d.outcome = 'begun' ORDER BY d.number");
    while (rows.step()) {
      auto& [number, guid] = open.emplace_back();
      rows.read(number, guid);
    }
    return open;
  });
}

std::optional<base::Time> SqliteLedger::next_due() {
  return look([](SqliteConnection& connection) {
    std::optional<base::Time> due;
    auto row = connection.prepare(
        "SELECT min(due) FROM (SELECT min(due) AS due FROM documents WHERE state = 'accepted' "
        "UNION ALL SELECT min(due) FROM messages WHERE due IS NOT NULL AND in_flight = 0)");
    if (row.step()) row.read(due);
    return due;
  });
}

}  // namespace gateway::ledger

#include "gateway/ledger/sql/apart.h"

#include <vector>

namespace gateway::ledger::sql {

namespace {

// Not while its bytes are leaving.
bool can_be_taken_apart(SqlConnection& connection, std::int64_t message) {
  auto row = connection.prepare("SELECT 1 FROM messages WHERE row = ? AND in_flight = 0" +
                                std::string(connection.dialect().lock_rows));
  row.bind(message);
  return row.step();
}

// Nothing of what was known of its deliveries has changed, and nobody else may have the same bytes sent again.
bool can_be_sealed_again(SqlConnection& connection, const Place& place, int deliveries_begun) {
  auto begun = connection.prepare("SELECT deliveries_begun FROM documents WHERE row = ?");
  auto waiting = connection.prepare(
      "SELECT count(*) FROM documents WHERE message = ? AND row <> ? AND state IN ('unconfirmed', 'sent')");
  return begun.bind(place.row).number() == deliveries_begun && waiting.bind(*place.message, place.row).number() == 0;
}

void send_back_the_others(SqlConnection& connection, std::int64_t message, const std::string& by, base::Time now) {
  std::vector<Place> others;
  auto rows = connection.prepare("SELECT " + std::string(place_columns) +
                                 " FROM documents WHERE message = ? AND state IN ('sealed', 'deferred') ORDER BY row" +
                                 std::string(connection.dialect().lock_rows));
  rows.bind(message);
  while (rows.step()) others.push_back(read_place(rows));
  for (const Place& place : others) {
    Picture to = place.picture;
    to.state = lifecycle::next(to.state, lifecycle::Event::unsealed).value_or(to.state);
    to.reason.clear();
    write_step(connection, place, {to, now, by, now, {}}, Tell::always);
  }
}

}  // namespace

bool write_departure(SqlConnection& connection, const Departure& departure, base::Time now,
                     std::optional<std::int64_t>& left_message) {
  const Move& move = departure.move;
  const auto place = place_of(connection, move);
  if (!place) return false;
  if (departure.leaving != Leaving::stays) {
    if (!place->message || !can_be_taken_apart(connection, *place->message)) return false;
    const bool again = departure.leaving == Leaving::seals_again;
    if (again && !can_be_sealed_again(connection, *place, departure.deliveries_begun)) return false;
    left_message = place->message;
  }
  write_step(connection, *place, {move.to, move.due, move.by, now, {}}, Tell::always);
  const bool goes_again = departure.leaving == Leaving::stays && move.to.state != State::accepted;
  if (place->message && goes_again && lifecycle::is_waiting(move.to.state)) {
    // Who has it sent again gives it the whole time once more.
    connection.prepare("UPDATE messages SET first_try = ? WHERE row = ?").bind(now, *place->message).run();
  }
  return true;
}

void take_apart(SqlConnection& connection, std::int64_t message, const std::string& by, base::Time now) {
  send_back_the_others(connection, message, by, now);
  // These bytes never leave, so whoever still waits, or is held, must not be counted among them.
  connection
      .prepare("UPDATE documents SET message = NULL WHERE message = ? AND state IN ('accepted', 'held', 'withdrawn')")
      .bind(message)
      .run();
  refresh_due(connection, message);
}

}  // namespace gateway::ledger::sql

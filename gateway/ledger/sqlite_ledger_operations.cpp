// What operators and everybody who looks ask of the ledger.
#include <algorithm>
#include <charconv>

#include "gateway/ledger/sqlite_ledger.h"
#include "gateway/ledger/sqlite_ledger_rows.h"

namespace gateway::ledger {

namespace {

// The message of a document that waits in it; nothing while its bytes are leaving.
bool can_be_taken_apart(SqliteConnection& connection, std::int64_t message) {
  auto row = connection.prepare("SELECT 1 FROM messages WHERE row = ? AND in_flight = 0");
  row.bind(message);
  return row.step();
}

void send_back_the_others(SqliteConnection& connection, std::int64_t message, const Move& move, base::Time now) {
  std::vector<Place> others;
  auto rows = connection.prepare(
      "SELECT row, message, state, stage, outcome, reason FROM documents "
      "WHERE message = ? AND state IN ('sealed', 'deferred') ORDER BY row");
  rows.bind(message);
  while (rows.step()) {
    Place& place = others.emplace_back();
    rows.read(place.row, place.message, place.picture.state, place.picture.stage, place.picture.outcome,
              place.picture.reason);
  }
  for (const Place& place : others) {
    Picture to = place.picture;
    to.state = lifecycle::next(to.state, lifecycle::Event::unsealed).value_or(to.state);
    to.reason.clear();
    write_step(connection, place, {to, now, move.by, now}, Tell::always);
  }
}

// A condition for each thing that was asked for, and its values in the same order.
class Conditions {
 public:
  template <class Value>
  void add(const std::string& condition, const std::optional<Value>& value) {
    if (!value) return;
    text_ += " AND " + condition;
    values_.push_back([value](SqliteStatement& statement) { statement.bind(*value); });
  }
  // `column` written "+d.enterprise" keeps SQLite from walking an index that does not give the order of the list.
  void add_any_of(const std::string& column, std::span<const std::string> wanted) {
    if (wanted.empty()) return;
    text_ += " AND " + column + " IN (" + placeholders(wanted.size()) + ")";
    for (const std::string& value : wanted) {
      values_.push_back([value](SqliteStatement& statement) { statement.bind(value); });
    }
  }
  // Goes on with the condition just added.
  template <class Value>
  void add_to_last(const std::string& rest, const std::optional<Value>& value) {
    text_ += rest;
    values_.push_back([value](SqliteStatement& statement) { statement.bind(*value); });
  }
  const std::string& text() const { return text_; }
  void bind(SqliteStatement& statement) const {
    for (const auto& value : values_) value(statement);
  }

 private:
  std::string text_;
  std::vector<std::function<void(SqliteStatement&)>> values_;
};

void add_visible(Conditions& conditions, const std::string& column, std::span<const std::string> enterprises) {
  if (enterprises.size() == 1) {
    conditions.add(column + " = ?", std::optional(enterprises.front()));
  } else {
    conditions.add_any_of("+" + column, enterprises);
  }
}

struct Cursor {
  std::int64_t created_at = 0, row = 0;
};

std::string written(const Cursor& cursor) {
  return std::to_string(cursor.created_at) + "." + std::to_string(cursor.row);
}

// Nothing if it is none of ours.
std::optional<Cursor> read_cursor(std::string_view text) {
  Cursor cursor;
  const char* const end = text.data() + text.size();
  const auto time = std::from_chars(text.data(), end, cursor.created_at);
  if (time.ec != std::errc() || time.ptr == end || *time.ptr != '.') return std::nullopt;
  const auto row = std::from_chars(time.ptr + 1, end, cursor.row);
  if (row.ec != std::errc() || row.ptr != end) return std::nullopt;
  return cursor;
}

Conditions conditions_of(const Query& query) {
  Conditions conditions;
  conditions.add("d.type = ?", query.type);
  const std::string with_number = "SELECT row FROM documents WHERE newest = 1 AND number = ";
  if (query.key) {
    conditions.add("d.row IN (SELECT row FROM documents WHERE newest = 1 AND key = ?", query.key);
    conditions.add_to_last(" UNION " + with_number + "?)", query.key);
  }
  conditions.add("d.row IN (" + with_number + "?)", query.number);
  conditions.add("d.enterprise = ?", query.enterprise);
  conditions.add("d.state = ?", query.state);
  conditions.add("d.created_at >= ?", query.since);
  conditions.add("d.created_at < ?", query.until);
  add_visible(conditions, "d.enterprise", query.enterprises);
  if (const auto cursor = read_cursor(query.cursor)) {
    conditions.add("(d.created_at, d.row) < (?", std::optional(cursor->created_at));
    conditions.add_to_last(", ?)", std::optional(cursor->row));
  }
  return conditions;
}

void read_inbound_counts(SqliteConnection& connection, Backlog& backlog) {
  using enum InboundState;
  for (const InboundState state : {fresh, applied, unmatched, foreign, unreadable}) {
    auto row = connection.prepare("SELECT count FROM inbound_counts WHERE state = ? AND count > 0");
    row.bind(word(state));
    if (row.step()) row.read(backlog.inbound[state]);
  }
}

}  // namespace

bool SqliteLedger::move(const Move& move, base::Time now) {
  return write([&](SqliteConnection& connection) {
    const auto place = place_of(connection, move);
    if (!place) return false;
    write_step(connection, *place, {move.to, move.due, move.by, now}, Tell::always);
    return true;
  });
}

bool SqliteLedger::unseal(const Move& move, base::Time now) {
  return write([&](SqliteConnection& connection) {
    const auto place = place_of(connection, move);
    if (!place || !place->message || !can_be_taken_apart(connection, *place->message)) return false;
    write_step(connection, *place, {move.to, move.due, move.by, now}, Tell::always);
    send_back_the_others(connection, *place->message, move, now);
    // Nothing of these bytes may leave any more, so nobody stays in them but who has been settled otherwise.
    connection
        .prepare("UPDATE documents SET message = NULL WHERE message = ? AND state IN ('accepted', 'held', 'withdrawn')")
        .bind(*place->message)
        .run();
    refresh_due(connection, *place->message);
    return true;
  });
}

Page SqliteLedger::list(const Query& query) {
  if (!query.cursor.empty() && !read_cursor(query.cursor)) return {};
  const Conditions conditions = conditions_of(query);
  return look([&](SqliteConnection& connection) {
    auto rows =
        connection.prepare("SELECT " + std::string(summary_columns) + ", d.row FROM documents d WHERE d.newest = 1" +
                           conditions.text() + " ORDER BY d.created_at DESC, d.row DESC LIMIT ?");
    conditions.bind(rows);
    rows.bind(query.limit + 1);
    Page page;
    Cursor last;
    while (rows.step()) {
      if (page.documents.size() == query.limit) {
        page.next = written(last);
        break;
      }
      page.documents.push_back(read_summary(rows));
      rows.read(last.row);
      last.created_at = page.documents.back().created_at.time_since_epoch().count();
    }
    return page;
  });
}

std::vector<MoveRow> SqliteLedger::changes(std::int64_t after, std::span<const std::string> enterprises,
                                           std::size_t most) {
  Conditions conditions;
  conditions.add("m.cursor > ?", std::optional(after));
  add_visible(conditions, "m.enterprise", enterprises);
  return look([&](SqliteConnection& connection) {
    auto rows = connection.prepare(moves_query(conditions.text() + " ORDER BY m.cursor LIMIT ?"));
    conditions.bind(rows);
    rows.bind(most);
    return read_moves(rows);
  });
}

Backlog SqliteLedger::backlog() {
  return look([](SqliteConnection& connection) {
    Backlog backlog;
    auto states = connection.prepare("SELECT state, count FROM document_counts WHERE count > 0");
    while (states.step()) {
      State state{};
      states.read(state);
      states.read(backlog.by_state[state]);
    }
    auto ports = connection.prepare(
        "SELECT port, min(created_at) FROM documents WHERE newest = 1 "
        "AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed') GROUP BY port");
    while (ports.step()) {
      std::string port;
      ports.read(port);
      ports.read(backlog.oldest_waiting[port]);
    }
    read_inbound_counts(connection, backlog);
    return backlog;
  });
}

}  // namespace gateway::ledger

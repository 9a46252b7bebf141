// What operators and everybody who looks ask of the ledger.
#include <algorithm>

#include "gateway/ledger/sql/apart.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

void read_inbound_counts(SqlConnection& connection, Backlog& backlog) {
  using enum InboundState;
  for (const InboundState state : {fresh, applied, unmatched, foreign, unreadable}) {
    auto row = connection.prepare(
        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM state_counts WHERE things = 'inbound' AND state = ?");
    row.bind(word(state));
    if (const auto count = row.number(); count > 0) backlog.inbound[state] = static_cast<std::size_t>(count);
  }
}

}  // namespace

bool SqlLedger::move(const Move& move, base::Time now) { return depart({move, Leaving::stays, 0}, now); }

bool SqlLedger::unseal(const Move& move, base::Time now) { return depart({move, Leaving::takes_apart, 0}, now); }

bool SqlLedger::depart(const Departure& departure, base::Time now) {
  return write([&](SqlConnection& connection) {
    std::optional<std::int64_t> left;
    if (!write_departure(connection, departure, now, left)) return false;
    if (left) take_apart(connection, *left, departure.move.by, now);
    if (departure.act) add_act(connection, *departure.act);
    return true;
  });
}

std::vector<MoveRow> SqlLedger::changes(std::int64_t after, std::span<const std::string> enterprises,
                                        std::size_t most) {
  number_moves();
  return look([&](SqlConnection& connection) {
    std::vector<MoveRow> changes;
    for (const auto& enterprise : shown(std::nullopt, enterprises)) {
      Conditions conditions;
      conditions.add("m.told = 1 AND m.cursor > ?", after);
      conditions.add_if_asked("m.enterprise = ?", enterprise);
      auto rows = connection.prepare(moves_query(conditions.text() + " ORDER BY m.cursor LIMIT ?"));
      conditions.bind(rows);
      rows.bind(most);
      for (MoveRow& move : read_moves(rows)) changes.push_back(std::move(move));
    }
    std::ranges::sort(changes, {}, &MoveRow::cursor);
    changes.resize(std::min(most, changes.size()));
    return changes;
  });
}

std::int64_t SqlLedger::newest_change() {
  number_moves();
  return look([](SqlConnection& connection) {
    auto newest = connection.prepare("SELECT max(cursor) FROM moves WHERE told = 1");
    std::optional<std::int64_t> cursor;
    if (newest.step()) newest.read(cursor);
    return cursor.value_or(0);
  });
}

Backlog SqlLedger::backlog() {
  return look([](SqlConnection& connection) {
    Backlog backlog;
    auto states = connection.prepare(
        "SELECT state, CAST(sum(count) AS BIGINT) FROM state_counts WHERE things = 'documents' GROUP BY state");
    while (states.step()) {
      State state{};
      std::size_t count = 0;
      states.read(state, count);
      if (count > 0) backlog.by_state[state] = count;
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
    auto unexplained = connection.prepare("SELECT count(*) FROM unexplained_codes");
    if (unexplained.step()) unexplained.read(backlog.unexplained_codes);
    return backlog;
  });
}

std::vector<UnexplainedCode> SqlLedger::unexplained_codes() {
  return look([](SqlConnection& connection) {
    std::vector<UnexplainedCode> codes;
    auto rows = connection.prepare(
        "SELECT type, code, example, times, first_seen, last_seen FROM unexplained_codes "
        "ORDER BY times DESC, last_seen DESC");
    while (rows.step()) {
      UnexplainedCode& code = codes.emplace_back();
      rows.read(code.type, code.code, code.example, code.times, code.first_seen, code.last_seen);
    }
    return codes;
  });
}

void SqlLedger::check() {
  write([](SqlConnection& connection) {
    connection.prepare("UPDATE probe SET writes = writes + 1").run();
    return true;
  });
  health_.require_good();
}

void SqlLedger::on_health(std::function<void(const std::optional<std::string>&)> tell) {
  health_.on_change(std::move(tell));
}

bool SqlLedger::renew_place() {
  bool was_kept = false;
  const auto renew = [&] { was_kept = store_->renew_place(); };
  watch_sharing(renew);
  return was_kept;
}

bool SqlLedger::take_turn(const std::string& work) {
  bool is_mine = false;
  const auto take = [&] { is_mine = store_->take_turn(work); };
  watch_sharing(take);
  return is_mine;
}

}  // namespace gateway::ledger::sql

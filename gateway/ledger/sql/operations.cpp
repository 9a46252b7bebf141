// What operators and everybody who looks ask of the ledger.
#include <algorithm>
#include <functional>

#include "gateway/ledger/sql/apart.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

void add_ids(Conditions& conditions, const std::vector<std::string>& ids) {
  std::string places;
  for (std::size_t i = 0; i < ids.size(); ++i) places += i == 0 ? "?" : ", ?";
  conditions.add_each("d.id IN (" + places + ")", ids);
}

Conditions conditions_of(const Query& query) {
  const std::string with_number = "SELECT row FROM documents WHERE newest = 1 AND number = ?";
  const std::string with_key = "SELECT row FROM documents WHERE newest > 0 AND key = ?";
  Conditions conditions;
  if (query.key) {
    conditions.among(with_key + " UNION " + with_number, *query.key, *query.key);
  } else if (query.number) {
    conditions.among(with_number, *query.number);
  }
  conditions.add_if_asked("d.type = ?", query.type);
  conditions.add_if_asked("d.number = ?", query.number);
  conditions.add_if_asked("d.state = ?", query.state);
  conditions.add_if_asked("d.port = ?", query.port);
  if (query.reason && !query.reason->empty()) {
    conditions.add("replace(d.reason, ?, '') <> d.reason", *query.reason);
  }
  if (!query.ids.empty()) add_ids(conditions, query.ids);
  conditions.add_if_asked("d.created_at >= ?", query.since);
  conditions.add_if_asked("d.created_at < ?", query.until);
  if (const auto cursor = read_cursor(query.cursor)) {
    conditions.add("(d.created_at, d.row) < (?, ?)", cursor->at, cursor->row);
  }
  return conditions;
}

struct Listed {
  Cursor place;
  Summary summary;
};

void read_list(SqlConnection& connection, const Conditions& conditions, std::size_t most, std::vector<Listed>& listed) {
  auto rows = connection.prepare("SELECT " + std::string(summary_columns) + ", d.row FROM " + conditions.among() +
                                 "documents d WHERE d.newest = 1" + conditions.text() +
                                 " ORDER BY d.created_at DESC, d.row DESC LIMIT ?");
  conditions.bind(rows);
  rows.bind(most);
  while (rows.step()) {
    Listed& one = listed.emplace_back();
    one.summary = read_summary(rows);
    rows.read(one.place.row);
    one.place.at = one.summary.created_at.time_since_epoch().count();
  }
}

Page page_of(std::vector<Listed> listed, std::size_t limit) {
  std::ranges::sort(listed, std::greater(), &Listed::place);
  Page page;
  const std::size_t shown_rows = std::min(limit, listed.size());
  for (std::size_t i = 0; i < shown_rows; ++i) page.documents.push_back(std::move(listed[i].summary));
  if (listed.size() > limit) page.next = written(listed[shown_rows - 1].place);
  return page;
}

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

// An index gives each enterprise's documents in order, but not those of several: each is read by itself.
Page SqlLedger::list(const Query& query) {
  if (query.limit == 0 || (!query.cursor.empty() && !read_cursor(query.cursor))) return {};
  return look([&](SqlConnection& connection) {
    std::vector<Listed> listed;
    for (const auto& enterprise : shown(query.enterprise, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("d.enterprise = ?", enterprise);
      read_list(connection, conditions, query.limit + 1, listed);
    }
    return page_of(std::move(listed), query.limit);
  });
}

std::size_t SqlLedger::count(const Query& query) {
  return look([&](SqlConnection& connection) {
    std::int64_t count = 0;
    for (const auto& enterprise : shown(query.enterprise, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("d.enterprise = ?", enterprise);
      auto row = connection.prepare("SELECT count(*) FROM " + conditions.among() + "documents d WHERE d.newest = 1" +
                                    conditions.text());
      conditions.bind(row);
      count += row.number();
    }
    return static_cast<std::size_t>(count);
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

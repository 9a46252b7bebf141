// How everything stands, from figures that are kept as things happen.
#include <cmath>
#include <map>

#include "gateway/ledger/sql/figures.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::chrono::hours minutes_kept{24}, days_kept{24 * 366};

void add_event(Flow& flow, std::string_view event, std::int64_t count) {
  if (event == "accepted") flow.accepted += count;
  if (event == "sent") flow.sent += count;
  if (event == "settled") flow.settled += count;
  if (event == "refused") flow.refused += count;
  if (event == "held") flow.held += count;
}

// By how long they took.
using Durations = std::map<int, std::int64_t>;

std::optional<double> percentile(const Durations& durations, double share) {
  std::int64_t all = 0, seen = 0;
  for (const auto& [took, count] : durations) all += count;
  const auto wanted = static_cast<std::int64_t>(std::ceil(static_cast<double>(all) * share));
  for (const auto& [took, count] : durations) {
    seen += count;
    if (seen >= wanted && seen > 0) return seconds_of(took);
  }
  return std::nullopt;
}

void read_states(SqlConnection& connection, const OverviewQuery& query, Overview& overview) {
  const Conditions whose = those_in("owner", query.enterprises);
  auto rows =
      connection.prepare("SELECT state, CAST(sum(count) AS BIGINT) FROM state_counts WHERE things = 'documents'" +
                         whose.text() + " GROUP BY state");
  whose.bind(rows);
  while (rows.step()) {
    State state{};
    std::int64_t count = 0;
    rows.read(state, count);
    if (count > 0) overview.states[state] = static_cast<std::size_t>(count);
  }
}

void read_minutes(SqlConnection& connection, const OverviewQuery& query, Overview& overview) {
  const base::Time last = beginning_of(FigureOf::minute, query.now);
  const base::Time first = last - std::chrono::minutes(Ledger::minutes_shown - 1);
  std::vector<Durations> durations(Ledger::minutes_shown);
  for (int i = 0; i < Ledger::minutes_shown; ++i)
    overview.minutes.push_back({first + std::chrono::minutes(i), {}, {}, {}});
  const Conditions whose = those_in("enterprise", query.enterprises);
  auto rows = connection.prepare(
      "SELECT begins_at, event, about, CAST(sum(count) AS BIGINT) FROM figures WHERE span = 'minute' "
      "AND begins_at >= ? AND begins_at <= ?" +
      whose.text() + " GROUP BY begins_at, event, about");
  rows.bind(first, last);
  whose.bind(rows);
  while (rows.step()) {
    base::Time minute;
    std::string event, about;
    std::int64_t count = 0;
    rows.read(minute, event, about, count);
    const auto place = static_cast<std::size_t>((minute - first) / std::chrono::minutes(1));
    add_event(overview.minutes.at(place).flow, event, count);
    if (!about.empty()) durations.at(place)[std::stoi(about)] += count;
  }
  for (std::size_t i = 0; i < durations.size(); ++i) {
    overview.minutes[i].p50_seconds = percentile(durations[i], 0.5);
    overview.minutes[i].p90_seconds = percentile(durations[i], 0.9);
  }
}

void read_today(SqlConnection& connection, const OverviewQuery& query, Overview& overview) {
  const base::Time today = beginning_of(FigureOf::day, query.now);
  const Conditions whose = those_in("enterprise", query.enterprises);
  auto events = connection.prepare(
      "SELECT event, CAST(sum(count) AS BIGINT) FROM figures WHERE span = 'day' AND begins_at = ? AND event <> 'code'" +
      whose.text() + " GROUP BY event");
  events.bind(today);
  whose.bind(events);
  while (events.step()) {
    std::string event;
    std::int64_t count = 0;
    events.read(event, count);
    add_event(overview.today, event, count);
  }
  auto codes = connection.prepare(
      "SELECT about, CAST(sum(count) AS BIGINT) AS times FROM figures WHERE span = 'day' AND begins_at = ? "
      "AND event = 'code'" +
      whose.text() + " GROUP BY about ORDER BY times DESC, about LIMIT ?");
  codes.bind(today);
  whose.bind(codes);
  codes.bind(Ledger::most_codes);
  while (codes.step()) {
    std::string about;
    RefusalCount& code = overview.codes_today.emplace_back();
    codes.read(about, code.count);
    const auto blank = about.find(' ');
    code.type = about.substr(0, blank);
    code.code = about.substr(blank + 1);
  }
}

void read_oldest(SqlConnection& connection, const OverviewQuery& query, Overview& overview) {
  const Conditions whose = those_in("enterprise", query.enterprises);
  // Asked for the least alone, or for the rows in order, a database goes through all of a port's history.
  const std::string those =
      " FROM documents WHERE newest = 1 "
      "AND state IN ('accepted', 'sealed', 'deferred', 'unconfirmed') AND port = ?" +
      whose.text();
  for (const std::string& port : query.ports) {
    std::int64_t waiting = 0;
    std::optional<base::Time> since;
    auto least = connection.prepare("SELECT count(*), min(created_at)" + those);
    least.bind(port);
    whose.bind(least);
    if (least.step()) least.read(waiting, since);
    if (!since) continue;
    auto row = connection.prepare("SELECT id, key, state, created_at" + those + " AND created_at = ? LIMIT 1");
    row.bind(port);
    whose.bind(row);
    row.bind(*since);
    if (!row.step()) continue;
    OldestWaiting& oldest = overview.oldest_waiting.emplace_back();
    oldest.port = port;
    row.read(oldest.id, oldest.key, oldest.state, oldest.since);
  }
}

std::size_t count_up_to_most(SqlConnection& connection, const std::string& rows_of, const Conditions& whose) {
  auto row = connection.prepare("SELECT count(*) FROM (SELECT 1 FROM " + rows_of + whose.text() + " LIMIT ?) AS found");
  whose.bind(row);
  return static_cast<std::size_t>(row.bind(Ledger::most_counted).number());
}

void read_left_over(SqlConnection& connection, const OverviewQuery& query, Overview& overview) {
  overview.unheard_notices =
      count_up_to_most(connection, "notices WHERE state = 'unheard'", those_in("enterprise", query.enterprises));
  if (query.dxp_ids && query.dxp_ids->empty()) return;
  const Conditions whose = those_in("dxp_id", query.dxp_ids.value_or(std::vector<std::string>{}));
  overview.unmatched = count_up_to_most(connection, "inbound WHERE state = 'unmatched'", whose);
  overview.unreadable = count_up_to_most(connection, "inbound WHERE state = 'unreadable'", whose);
}

}  // namespace

Overview SqlLedger::overview(const OverviewQuery& query) {
  return look([&](SqlConnection& connection) {
    Overview overview;
    read_states(connection, query, overview);
    read_minutes(connection, query, overview);
    read_today(connection, query, overview);
    read_oldest(connection, query, overview);
    read_left_over(connection, query, overview);
    return overview;
  });
}

Flow SqlLedger::flow_since(base::Time since) {
  return look([&](SqlConnection& connection) {
    Flow flow;
    auto rows = connection.prepare(
        "SELECT event, CAST(sum(count) AS BIGINT) FROM figures WHERE span = 'minute' AND begins_at >= ? GROUP BY "
        "event");
    rows.bind(beginning_of(FigureOf::minute, since));
    while (rows.step()) {
      std::string event;
      std::int64_t count = 0;
      rows.read(event, count);
      add_event(flow, event, count);
    }
    return flow;
  });
}

std::size_t SqlLedger::prune_figures(base::Time now) {
  std::int64_t pruned = 0;
  write([&](SqlConnection& connection) {
    const std::string past = "DELETE FROM figures WHERE span = ? AND begins_at < ?";
    pruned = connection.prepare(past).bind(word(FigureOf::minute), now - minutes_kept).run();
    pruned += connection.prepare(past).bind(word(FigureOf::day), now - days_kept).run();
    return pruned > 0;
  });
  return static_cast<std::size_t>(pruned);
}

}  // namespace gateway::ledger::sql

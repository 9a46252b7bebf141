// Orders for many documents.
#include <set>
#include <sstream>

#include "gateway/ledger/sql/apart.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view replay_columns =
    "SELECT id, by, action, mode, reason, enterprises, about, state, created_at, started_at, finished_at, stopped_by, "
    "pace, pending, moved, passed_over FROM replays";

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
  return text;
}

Replay read_replay(SqlStatement& row) {
  Replay replay;
  std::string enterprises, state;
  row.read(replay.id, replay.by, replay.action, replay.mode, replay.reason, enterprises, replay.about, state,
           replay.created_at, replay.started_at, replay.finished_at, replay.stopped_by, replay.pace, replay.pending,
           replay.moved, replay.passed_over);
  std::istringstream codes(enterprises);
  for (std::string code; codes >> code;) replay.enterprises.push_back(code);
  using enum ReplayState;
  for (const ReplayState known : {preview, running, done, stopped}) {
    if (word(known) == state) replay.state = known;
  }
  return replay;
}

void drop_documents(SqlConnection& connection, std::string_view of_which, base::Time before) {
  connection
      .prepare("DELETE FROM replay_documents WHERE replay IN (SELECT id FROM replays WHERE " + std::string(of_which) +
               " < ?)")
      .bind(before)
      .run();
}

void drop_what_is_past(SqlConnection& connection, base::Time now) {
  const base::Time previewed_before = now - Ledger::preview_lasts;
  drop_documents(connection, "state = 'preview' AND created_at", previewed_before);
  connection.prepare("DELETE FROM replays WHERE state = 'preview' AND created_at < ?").bind(previewed_before).run();
  drop_documents(connection, "state IN ('done', 'stopped') AND finished_at", now - Ledger::documents_kept);
}

bool is_running(SqlConnection& connection, std::int64_t id) {
  auto row = connection.prepare("SELECT 1 FROM replays WHERE id = ? AND state = 'running'" +
                                std::string(connection.dialect().lock_rows));
  row.bind(id);
  return row.step();
}

std::optional<Replay> find_replay(SqlConnection& connection, std::int64_t id) {
  auto row = connection.prepare(std::string(replay_columns) + " WHERE id = ?");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_replay(row);
}

void add_replay_act(SqlConnection& connection, const Replay& replay, const std::string& by, const std::string& what,
                    base::Time now) {
  Act act{.at = now, .by = by, .kind = read_act_kind(replay.action).value_or(ActKind::replay)};
  act.subject = "replays/" + std::to_string(replay.id);
  if (replay.enterprises.size() == 1) act.enterprise = replay.enterprises.front();
  act.reason = what + ": " + replay.reason;
  add_act(connection, std::move(act));
}

struct Counted {
  std::int64_t moved = 0, passed_over = 0;
};

void note_outcome(SqlConnection& connection, std::int64_t id, std::int64_t place, bool moved) {
  connection.prepare("UPDATE replay_documents SET outcome = ? WHERE replay = ? AND place = ?")
      .bind(moved ? "moved" : "passed_over", id, place)
      .run();
}

Counted carry_out_each(SqlConnection& connection, std::int64_t id, std::span<const ReplayAct> acts, base::Time now) {
  Counted counted;
  std::set<std::int64_t> left;
  std::string by;
  for (const ReplayAct& act : acts) {
    std::optional<std::int64_t> message;
    const bool moved = act.departure && write_departure(connection, *act.departure, now, message);
    if (message) left.insert(*message);
    if (act.departure) by = act.departure->move.by;
    note_outcome(connection, id, act.place, moved);
    ++(moved ? counted.moved : counted.passed_over);
  }
  for (const std::int64_t message : left) take_apart(connection, message, by, now);
  return counted;
}

}  // namespace

std::optional<std::int64_t> SqlLedger::keep_preview(const Replay& preview, base::Time now) {
  return write([&](SqlConnection& connection) -> std::optional<std::int64_t> {
    drop_what_is_past(connection, now);
    const auto open = connection.prepare("SELECT count(*) FROM replays WHERE state IN ('preview', 'running')").number();
    if (open >= static_cast<std::int64_t>(most_open_replays)) return std::nullopt;
    return connection
        .prepare(connection.adding(
            "INSERT INTO replays (by, action, mode, reason, enterprises, about, state, created_at, pace) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "id"))
        .bind(preview.by, preview.action, preview.mode, preview.reason, joined(preview.enterprises), preview.about,
              word(ReplayState::preview), now, preview.pace)
        .added();
  });
}

void SqlLedger::add_to_preview(std::int64_t id, std::span<const ReplayDocument> documents) {
  write([&](SqlConnection& connection) {
    std::int64_t added = 0;
    for (const ReplayDocument& document : documents) {
      added += connection
                   .prepare(
                       "INSERT INTO replay_documents (replay, place, document, revision, outcome) "
                       "SELECT r.id, CAST(? AS BIGINT), d.row, CAST(? AS BIGINT), 'pending' FROM replays r, documents "
                       "d WHERE r.id = ? AND r.state = 'preview' AND d.id = ? AND d.version = ?")
                   .bind(document.place, document.revision, id, document.ref.id, document.ref.version)
                   .run();
    }
    connection.prepare("UPDATE replays SET pending = pending + ? WHERE id = ?").bind(added, id).run();
    return true;
  });
}

std::optional<Replay> SqlLedger::replay(std::int64_t id) {
  return look([id](SqlConnection& connection) { return find_replay(connection, id); });
}

std::vector<Replay> SqlLedger::replays(std::int64_t before, std::size_t most) {
  return look([&](SqlConnection& connection) {
    std::vector<Replay> found;
    auto rows = connection.prepare(std::string(replay_columns) + (before > 0 ? " WHERE id < ?" : " WHERE id > ?") +
                                   " ORDER BY id DESC LIMIT ?");
    rows.bind(before, most);
    while (rows.step()) found.push_back(read_replay(rows));
    return found;
  });
}

bool SqlLedger::start_replay(std::int64_t id, std::int64_t pace, base::Time now) {
  return write([&](SqlConnection& connection) {
    const bool starts =
        connection
            .prepare(
                "UPDATE replays SET state = CASE WHEN pending = 0 THEN 'done' ELSE 'running' END, pace = ?, "
                "started_at = ?, finished_at = CASE WHEN pending = 0 THEN CAST(? AS BIGINT) END "
                "WHERE id = ? AND state = 'preview' AND created_at >= ?")
            .bind(pace, now, now, id, now - preview_lasts)
            .run() == 1;
    if (const auto replay = starts ? find_replay(connection, id) : std::nullopt) {
      add_replay_act(connection, *replay, replay->by, "start", now);
    }
    return starts;
  });
}

bool SqlLedger::stop_replay(std::int64_t id, const std::string& by, base::Time now) {
  return write([&](SqlConnection& connection) {
    const bool stops = connection
                           .prepare(
                               "UPDATE replays SET state = 'stopped', stopped_by = ?, finished_at = ? "
                               "WHERE id = ? AND state = 'running'")
                           .bind(by, now, id)
                           .run() == 1;
    if (const auto replay = stops ? find_replay(connection, id) : std::nullopt) {
      add_replay_act(connection, *replay, by, "stop", now);
    }
    return stops;
  });
}

std::optional<Replay> SqlLedger::running_replay() {
  return look([](SqlConnection& connection) -> std::optional<Replay> {
    auto row = connection.prepare(std::string(replay_columns) + " WHERE state = 'running' ORDER BY id LIMIT 1");
    if (!row.step()) return std::nullopt;
    return read_replay(row);
  });
}

std::vector<ReplayDocument> SqlLedger::next_of_replay(std::int64_t id) {
  return look([id](SqlConnection& connection) {
    std::vector<ReplayDocument> next;
    auto first = connection.prepare(
        "SELECT r.place, r.revision, coalesce(d.id, ''), coalesce(d.version, 0), d.message "
        "FROM replay_documents r LEFT JOIN documents d ON d.row = r.document "
        "WHERE r.replay = ? AND r.outcome = 'pending' ORDER BY r.place LIMIT 1");
    first.bind(id);
    if (!first.step()) return next;
    std::optional<std::int64_t> message;
    ReplayDocument& head = next.emplace_back();
    first.read(head.place, head.revision, head.ref.id, head.ref.version, message);
    if (!message) return next;
    auto mates = connection.prepare(
        "SELECT r.place, r.revision, d.id, d.version FROM documents d "
        "JOIN replay_documents r ON r.document = d.row AND r.replay = ? AND r.outcome = 'pending' "
        "WHERE d.message = ? AND r.place > ? ORDER BY r.place");
    mates.bind(id, *message, head.place);
    while (mates.step()) {
      ReplayDocument& mate = next.emplace_back();
      mates.read(mate.place, mate.revision, mate.ref.id, mate.ref.version);
    }
    return next;
  });
}

bool SqlLedger::carry_out(std::int64_t id, std::span<const ReplayAct> acts, base::Time now) {
  return write([&](SqlConnection& connection) {
    if (!is_running(connection, id)) return false;
    const Counted counted = carry_out_each(connection, id, acts, now);
    const std::int64_t settled = counted.moved + counted.passed_over;
    connection
        .prepare(
            "UPDATE replays SET pending = pending - ?, moved = moved + ?, passed_over = passed_over + ?, "
            "state = CASE WHEN pending <= ? THEN 'done' ELSE state END, "
            "finished_at = CASE WHEN pending <= ? THEN CAST(? AS BIGINT) ELSE finished_at END WHERE id = ?")
        .bind(settled, counted.moved, counted.passed_over, settled, settled, now, id)
        .run();
    return true;
  });
}

}  // namespace gateway::ledger::sql

// What notify asks of the ledger. A client's notices are numbered in the order of the feed, so that the order of one
// document's changes is the order of their numbers.
#include <algorithm>
#include <functional>

#include "base/guid.h"
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view notice_columns =
    "n.number, n.webhook_id, n.client, n.enterprise, n.cursor, n.at, n.id, n.key, n.type, n.version, n.from_state, "
    "n.to_state, n.stage, n.outcome, n.reason, n.state, n.tries, n.since, n.answer, n.created_at, n.due, n.ended_at, "
    "n.revision";

Notice read_notice(SqlStatement& row) {
  Notice notice;
  MoveRow& change = notice.change;
  std::string state;
  row.read(notice.number, notice.webhook_id, notice.client, notice.enterprise, change.cursor, change.at, change.id,
           change.key, change.type, change.version, change.from, change.to, change.stage, change.outcome, change.reason,
           state, notice.tries, notice.since, notice.answer, notice.created_at, notice.due, notice.ended_at,
           notice.revision);
  notice.state = lifecycle::read_notice_state(state).value_or(NoticeState::unheard);
  return notice;
}

std::vector<Notice> read_notices(SqlStatement& rows) {
  std::vector<Notice> notices;
  while (rows.step()) notices.push_back(read_notice(rows));
  return notices;
}

Cursor place_of_notice(const Notice& notice) { return {notice.created_at.time_since_epoch().count(), notice.number}; }

struct Feed {
  std::string name;
  std::int64_t cursor = 0;
};

std::optional<Feed> read_feed(SqlConnection& connection, const std::string& client, std::string_view lock) {
  auto row = connection.prepare("SELECT name, cursor FROM notice_feeds WHERE client = ?" + std::string(lock));
  row.bind(client);
  if (!row.step()) return std::nullopt;
  Feed feed;
  row.read(feed.name, feed.cursor);
  return feed;
}

// How many changes come next, at most `most`, and the cursor of the last of them.
struct Stretch {
  std::size_t changes = 0;
  std::int64_t end = 0;
};

Stretch next_stretch(SqlConnection& connection, std::int64_t after, std::size_t most) {
  auto row = connection.prepare(
      "SELECT count(*), coalesce(max(next.cursor), 0) FROM "
      "(SELECT cursor FROM moves WHERE told = 1 AND cursor > ? ORDER BY cursor LIMIT ?) AS next");
  row.bind(after, most);
  Stretch stretch;
  if (row.step()) row.read(stretch.changes, stretch.end);
  return stretch;
}

void insert_notices(SqlConnection& connection, const std::string& client, const std::optional<std::string>& enterprise,
                    const Feed& feed, const Stretch& stretch, base::Time now) {
  Conditions conditions;
  conditions.add("m.told = 1 AND m.cursor > ? AND m.cursor <= ?", feed.cursor, stretch.end);
  conditions.add_if_asked("m.enterprise = ?", enterprise);
  auto insertion = connection.prepare(
      "INSERT INTO notices (client, webhook_id, since, due, created_at, state, enterprise, cursor, at, id, key, type, "
      "version, from_state, to_state, stage, outcome, reason) "
      "SELECT CAST(? AS TEXT), CAST(? AS TEXT) || CAST(m.cursor AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), "
      "CAST(? AS BIGINT), 'waiting', m.enterprise, m.cursor, m.at, d.id, d.key, d.type, d.version, m.from_state, "
      "m.to_state, m.stage, m.outcome, m.reason FROM moves m JOIN documents d ON d.row = m.document WHERE 1 = 1" +
      conditions.text() + " ORDER BY m.cursor");
  insertion.bind(client, feed.name, now, now, now);
  conditions.bind(insertion);
  insertion.run();
}

Conditions conditions_of(const NoticeQuery& query) {
  Conditions conditions;
  if (query.state) conditions.add("n.state = ?", std::string(word(*query.state)));
  conditions.add_if_asked("n.client = ?", query.client);
  conditions.add_if_asked("n.created_at >= ?", query.since);
  conditions.add_if_asked("n.created_at < ?", query.until);
  if (query.document) {
    conditions.add(
        "n.id IN (SELECT CAST(? AS TEXT) UNION SELECT id FROM documents WHERE newest > 0 AND key = ? "
        "UNION SELECT id FROM documents WHERE newest = 1 AND number = ?)",
        *query.document, *query.document, *query.document);
  }
  return conditions;
}

constexpr std::string_view made_due =
    "UPDATE notices SET state = 'waiting', tries = 0, since = ?, due = ?, ended_at = NULL, revision = revision + 1 "
    "WHERE number ";

}  // namespace

void SqlLedger::begin_notices(const std::string& client) {
  number_moves();
  write([&](SqlConnection& connection) {
    connection
        .prepare(
            "INSERT INTO notice_feeds (client, name, cursor) "
            "SELECT CAST(? AS TEXT), CAST(? AS TEXT), coalesce(max(cursor), 0) FROM moves WHERE told = 1 "
            "ON CONFLICT (client) DO NOTHING")
        .bind(client, "msg_" + base::new_guid() + "_")
        .run();
    return true;
  });
}

std::size_t SqlLedger::make_notices(const std::string& client, std::span<const std::string> enterprises,
                                    std::size_t most, base::Time now) {
  number_moves();
  const bool has_news = look([&](SqlConnection& connection) {
    const auto feed = read_feed(connection, client, "");
    return feed && next_stretch(connection, feed->cursor, 1).changes > 0;
  });
  if (!has_news) return 0;
  std::size_t changes = 0;
  write([&](SqlConnection& connection) {
    const auto feed = read_feed(connection, client, connection.dialect().lock_rows);
    const auto stretch = feed ? next_stretch(connection, feed->cursor, most) : Stretch();
    changes = stretch.changes;
    if (changes == 0) return false;
    for (const auto& enterprise : shown(std::nullopt, enterprises)) {
      insert_notices(connection, client, enterprise, *feed, stretch, now);
    }
    connection.prepare("UPDATE notice_feeds SET cursor = ? WHERE client = ?").bind(stretch.end, client).run();
    return true;
  });
  return changes;
}

std::vector<Notice> SqlLedger::due_notices(const std::string& client, base::Time now, std::size_t most) {
  return look([&](SqlConnection& connection) {
    auto rows = connection.prepare(
        "SELECT " + std::string(notice_columns) +
        " FROM notices n WHERE n.client = ? AND n.state = 'waiting' AND n.due <= ? AND NOT EXISTS "
        "(SELECT 1 FROM notices earlier WHERE earlier.client = n.client AND earlier.id = n.id "
        "AND earlier.state = 'waiting' AND earlier.number < n.number) ORDER BY n.due, n.number LIMIT ?");
    rows.bind(client, now, most);
    return read_notices(rows);
  });
}

std::size_t SqlLedger::bring_back_notices(const std::string& client, base::Time latest, base::Time now) {
  const bool is_any = look([&](SqlConnection& connection) {
    auto row = connection.prepare("SELECT 1 FROM notices WHERE client = ? AND state = 'waiting' AND due > ? LIMIT 1");
    return row.bind(client, latest).step();
  });
  std::size_t brought = 0;
  if (!is_any) return brought;
  write([&](SqlConnection& connection) {
    auto update = connection.prepare(
        "UPDATE notices SET due = ?, revision = revision + 1 WHERE client = ? AND state = 'waiting' AND due > ?");
    brought = static_cast<std::size_t>(update.bind(now, client, latest).run());
    return true;
  });
  return brought;
}

bool SqlLedger::finish_notice(const NoticeEnd& end, base::Time now) {
  return write([&](SqlConnection& connection) {
    const bool has_ended = end.to != NoticeState::waiting;
    const std::optional<base::Time> ended_at = has_ended ? std::optional(now) : std::nullopt;
    return connection
               .prepare(
                   "UPDATE notices SET state = ?, due = ?, answer = ?, ended_at = ?, tries = tries + 1, "
                   "revision = revision + 1 WHERE number = ? AND revision = ? AND state = 'waiting'")
               .bind(word(end.to), end.due, end.answer, ended_at, end.number, end.revision)
               .run() > 0;
  });
}

NoticePage SqlLedger::notices(const NoticeQuery& query) {
  if (query.limit == 0 || (!query.cursor.empty() && !read_cursor(query.cursor))) return {};
  return look([&](SqlConnection& connection) {
    NoticePage page;
    for (const auto& enterprise : shown(std::nullopt, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("n.enterprise = ?", enterprise);
      if (const auto cursor = read_cursor(query.cursor)) {
        conditions.add("(n.created_at, n.number) < (?, ?)", cursor->at, cursor->row);
      }
      auto rows = connection.prepare("SELECT " + std::string(notice_columns) + " FROM notices n WHERE 1 = 1" +
                                     conditions.text() + " ORDER BY n.created_at DESC, n.number DESC LIMIT ?");
      conditions.bind(rows);
      rows.bind(query.limit + 1);
      for (Notice& notice : read_notices(rows)) page.notices.push_back(std::move(notice));
    }
    std::ranges::sort(page.notices, std::greater(), place_of_notice);
    if (page.notices.size() > query.limit) {
      page.notices.resize(query.limit);
      page.next = written(place_of_notice(page.notices.back()));
    }
    return page;
  });
}

std::optional<Notice> SqlLedger::notice(std::int64_t number) {
  return look([&](SqlConnection& connection) -> std::optional<Notice> {
    auto row = connection.prepare("SELECT " + std::string(notice_columns) + " FROM notices n WHERE n.number = ?");
    row.bind(number);
    if (!row.step()) return std::nullopt;
    return read_notice(row);
  });
}

std::size_t SqlLedger::resend_notices(const NoticeQuery& query, const Ordered& ordered) {
  const base::Time now = ordered.at;
  std::size_t resent = 0;
  write([&](SqlConnection& connection) {
    resent = 0;
    for (const auto& enterprise : shown(std::nullopt, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("n.enterprise = ?", enterprise);
      auto update = connection.prepare(std::string(made_due) + "IN (SELECT n.number FROM notices n WHERE 1 = 1" +
                                       conditions.text() + " ORDER BY n.created_at, n.number LIMIT ?)");
      update.bind(now, now);
      conditions.bind(update);
      update.bind(query.limit - resent);
      resent += static_cast<std::size_t>(update.run());
    }
    if (resent == 0) return false;
    Act act{.at = now, .by = ordered.by, .kind = ActKind::resend, .subject = "notices"};
    if (query.enterprises.size() == 1) act.enterprise = query.enterprises.front();
    act.reason = std::to_string(resent) + ": " + query.client.value_or("");
    add_act(connection, std::move(act));
    return true;
  });
  return resent;
}

bool SqlLedger::resend_notice(std::int64_t number, const Ordered& ordered) {
  return write([&](SqlConnection& connection) {
    if (connection.prepare(std::string(made_due) + "= ?").bind(ordered.at, ordered.at, number).run() == 0) return false;
    auto row = connection.prepare("SELECT enterprise, client FROM notices WHERE number = ?");
    row.bind(number);
    row.step();
    Act act{.at = ordered.at, .by = ordered.by, .kind = ActKind::resend};
    act.subject = "notices/" + std::to_string(number);
    row.read(act.enterprise, act.reason);
    add_act(connection, std::move(act));
    return true;
  });
}

std::size_t SqlLedger::prune_notices(NoticeState state, base::Time ended_before, std::size_t most) {
  std::size_t pruned = 0;
  write([&](SqlConnection& connection) {
    pruned = static_cast<std::size_t>(
        connection
            .prepare("DELETE FROM notices WHERE number IN (SELECT number FROM notices WHERE state = ? "
                     "AND ended_at IS NOT NULL AND ended_at < ? ORDER BY ended_at LIMIT ?)")
            .bind(word(state), ended_before, most)
            .run());
    return pruned > 0;
  });
  return pruned;
}

std::vector<NoticeBacklog> SqlLedger::notice_backlog() {
  return look([](SqlConnection& connection) {
    std::vector<NoticeBacklog> backlog;
    auto rows = connection.prepare(
        "SELECT client, CAST(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS BIGINT), "
        "CAST(sum(CASE WHEN state = 'unheard' THEN 1 ELSE 0 END) AS BIGINT), "
        "min(CASE WHEN state = 'waiting' THEN created_at END) "
        "FROM notices WHERE state IN ('waiting', 'unheard') GROUP BY client ORDER BY client");
    while (rows.step()) {
      NoticeBacklog& one = backlog.emplace_back();
      rows.read(one.client, one.waiting, one.unheard, one.oldest_waiting);
    }
    return backlog;
  });
}

}  // namespace gateway::ledger::sql

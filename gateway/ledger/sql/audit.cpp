#include "gateway/ledger/sql/audit.h"

#include <algorithm>
#include <functional>

#include "gateway/ledger/audit_chain.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view recorded_columns =
    "SELECT number, at, by, kind, subject, enterprise, reason, digest FROM acts";
constexpr std::size_t acts_read_at_once = 1'000;

Act read_act(SqlConnection& connection, SqlStatement& row) {
  Act act;
  std::string kind;
  row.read(act.number, act.at, act.by, kind, act.subject, act.enterprise, act.reason, act.digest);
  const auto known = read_act_kind(kind);
  if (!known) connection.refuse("账本中有不认识的操作 / the ledger holds an unknown kind of act: " + kind);
  act.kind = *known;
  return act;
}

ActsHead read_head(SqlConnection& connection, std::string_view lock) {
  auto row = connection.prepare("SELECT acts, digest FROM acts_head WHERE one = 1" + std::string(lock));
  if (!row.step()) connection.refuse("账本缺少操作记录的末端 / the ledger lacks the head of the record of acts");
  ActsHead head;
  row.read(head.acts, head.digest);
  return head;
}

Conditions conditions_of(const ActQuery& query) {
  Conditions conditions;
  conditions.add_if_asked("by = ?", query.by);
  conditions.add_if_asked("subject = ?", query.subject);
  if (query.kind) conditions.add("kind = ?", std::string(word(*query.kind)));
  conditions.add_if_asked("at >= ?", query.since);
  conditions.add_if_asked("at < ?", query.until);
  if (const auto cursor = read_cursor(query.cursor)) {
    conditions.add("(at, number) < (?, ?)", cursor->at, cursor->row);
  }
  return conditions;
}

Cursor place_of_act(const Act& act) { return {act.at.time_since_epoch().count(), act.number}; }

void read_acts(SqlConnection& connection, const Conditions& conditions, std::size_t most, std::vector<Act>& acts) {
  auto rows = connection.prepare(std::string(recorded_columns) + " WHERE 1 = 1" + conditions.text() +
                                 " ORDER BY at DESC, number DESC LIMIT ?");
  conditions.bind(rows);
  rows.bind(most);
  while (rows.step()) acts.push_back(read_act(connection, rows));
}

// An act of the caller's own on its own enterprise's document is found twice.
ActPage page_of(std::vector<Act> acts, std::size_t limit) {
  std::ranges::sort(acts, std::greater(), place_of_act);
  const auto twice = std::ranges::unique(acts, {}, &Act::number);
  acts.erase(twice.begin(), twice.end());
  ActPage page{std::move(acts), std::nullopt};
  if (page.acts.size() > limit) {
    page.acts.resize(limit);
    page.next = written(place_of_act(page.acts.back()));
  }
  return page;
}

}  // namespace

std::int64_t add_act(SqlConnection& connection, Act act) {
  const ActsHead head = read_head(connection, connection.dialect().lock_rows);
  act.number = head.acts + 1;
  const std::string digest = link(head.digest, act);
  connection
      .prepare(
          "INSERT INTO acts (number, at, by, kind, subject, enterprise, reason, digest) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(act.number, act.at, act.by, word(act.kind), act.subject, act.enterprise, act.reason, Blob{digest})
      .run();
  connection.prepare("UPDATE acts_head SET acts = ?, digest = ? WHERE one = 1").bind(act.number, Blob{digest}).run();
  return act.number;
}

std::int64_t SqlLedger::write_act(const Act& act) {
  return *write([&](SqlConnection& connection) { return std::optional(add_act(connection, act)); });
}

ActPage SqlLedger::acts(const ActQuery& query) {
  if (query.limit == 0 || (!query.cursor.empty() && !read_cursor(query.cursor))) return {};
  return look([&](SqlConnection& connection) {
    std::vector<Act> acts;
    for (const auto& enterprise : shown(std::nullopt, query.enterprises)) {
      Conditions conditions = conditions_of(query);
      conditions.add_if_asked("enterprise = ?", enterprise);
      read_acts(connection, conditions, query.limit + 1, acts);
    }
    if (!query.enterprises.empty()) {
      Conditions conditions = conditions_of(query);
      conditions.add("by = ?", query.own);
      read_acts(connection, conditions, query.limit + 1, acts);
    }
    return page_of(std::move(acts), query.limit);
  });
}

ActFindings SqlLedger::verify_acts() {
  return look([](SqlConnection& connection) {
    ActWalk walk;
    std::int64_t after = 0;
    for (bool goes_on = true; goes_on;) {
      auto rows = connection.prepare(std::string(recorded_columns) + " WHERE number > ? ORDER BY number LIMIT ?");
      rows.bind(after, acts_read_at_once);
      goes_on = false;
      while (rows.step()) {
        const Act act = read_act(connection, rows);
        walk.take(act);
        after = act.number;
        goes_on = true;
      }
    }
    return walk.end(read_head(connection, {}));
  });
}

}  // namespace gateway::ledger::sql

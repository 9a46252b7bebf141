// What was received from ports, for those who look after it.
#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::string_view listed_columns =
    "SELECT row, digest, port, source, dxp_id, bytes, received_at, state, reason FROM inbound";
constexpr std::string_view can_be_matched = " AND state IN ('unmatched', 'unreadable', 'foreign')";

InboundRow read_inbound(SqlConnection& connection, SqlStatement& row) {
  InboundRow read;
  InboundRecord& record = read.record;
  std::string state;
  row.read(read.row, record.digest, record.port, record.source, record.dxp_id, record.bytes, record.received_at, state,
           read.reason);
  const auto known = read_inbound_state(state);
  if (!known) connection.refuse("账本中有不认识的状态 / the ledger holds an unknown state: " + state);
  read.state = *known;
  return read;
}

Conditions conditions_of(const InboundQuery& query) {
  Conditions conditions;
  if (query.state) conditions.add("state = ?", std::string(word(*query.state)));
  conditions.add_if_asked("port = ?", query.port);
  conditions.add_if_asked("source = ?", query.source);
  conditions.add_if_asked("received_at >= ?", query.since);
  conditions.add_if_asked("received_at < ?", query.until);
  if (query.dxp_ids) {
    std::string places;
    for (std::size_t i = 0; i < query.dxp_ids->size(); ++i) places += i == 0 ? "?" : ", ?";
    conditions.add_each("dxp_id IN (" + places + ")", *query.dxp_ids);
  }
  if (query.before > 0) conditions.add("row < ?", query.before);
  return conditions;
}

bool sees_nothing(const InboundQuery& query) { return query.limit == 0 || (query.dxp_ids && query.dxp_ids->empty()); }

void add_match_act(SqlConnection& connection, std::string subject, const InboundAct& order, std::string reason) {
  Act act{.at = order.at, .by = order.by, .kind = ActKind::match};
  act.subject = std::move(subject);
  act.reason = std::move(reason);
  add_act(connection, std::move(act));
}

void match_again(SqlConnection& connection, const KeptRecord& record, const InboundAct& act) {
  const auto& [row, state] = record;
  connection.prepare("UPDATE inbound SET state = 'fresh' WHERE row = ?").bind(row).run();
  connection.counts().move_inbound(state, word(InboundState::fresh));
  connection.prepare("INSERT INTO inbound_acts (inbound, at, by, reason) VALUES (?, ?, ?, ?)")
      .bind(row, act.at, act.by, act.reason)
      .run();
}

}  // namespace

std::vector<InboundRow> SqlLedger::inbound(const InboundQuery& query) {
  if (sees_nothing(query)) return {};
  return look([&](SqlConnection& connection) {
    std::vector<InboundRow> found;
    const Conditions conditions = conditions_of(query);
    auto rows = connection.prepare(std::string(listed_columns) + " WHERE 1 = 1" + conditions.text() +
                                   " ORDER BY row DESC LIMIT ?");
    conditions.bind(rows);
    rows.bind(query.limit);
    while (rows.step()) found.push_back(read_inbound(connection, rows));
    return found;
  });
}

std::optional<InboundRow> SqlLedger::inbound_record(const std::string& digest) {
  return look([&](SqlConnection& connection) -> std::optional<InboundRow> {
    auto row = connection.prepare(std::string(listed_columns) + " WHERE digest = ?");
    row.bind(digest);
    if (!row.step()) return std::nullopt;
    InboundRow found = read_inbound(connection, row);
    found.acts = acts_of(connection, found.row);
    return found;
  });
}

std::size_t SqlLedger::match_again(const InboundQuery& query, const InboundAct& act) {
  if (sees_nothing(query)) return 0;
  std::size_t matched = 0;
  write([&](SqlConnection& connection) {
    const Conditions conditions = conditions_of(query);
    auto rows = connection.prepare("SELECT row, state FROM inbound WHERE 1 = 1" + std::string(can_be_matched) +
                                   conditions.text() + " ORDER BY row DESC LIMIT ?" +
                                   std::string(connection.dialect().lock_rows));
    conditions.bind(rows);
    rows.bind(query.limit);
    std::vector<KeptRecord> found;
    while (rows.step()) {
      KeptRecord& record = found.emplace_back();
      rows.read(record.row, record.state);
    }
    for (const KeptRecord& record : found) sql::match_again(connection, record, act);
    matched = found.size();
    if (matched > 0) add_match_act(connection, "inbound", act, std::to_string(matched) + ": " + act.reason);
    return true;
  });
  return matched;
}

bool SqlLedger::match_again(const std::string& digest, const InboundAct& act) {
  return write([&](SqlConnection& connection) {
    auto found = connection.prepare("SELECT row, state FROM inbound WHERE digest = ?" + std::string(can_be_matched) +
                                    std::string(connection.dialect().lock_rows));
    found.bind(digest);
    if (!found.step()) return false;
    KeptRecord record;
    found.read(record.row, record.state);
    sql::match_again(connection, record, act);
    add_match_act(connection, "inbound/" + digest, act, act.reason);
    return true;
  });
}

}  // namespace gateway::ledger::sql

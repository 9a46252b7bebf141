// Troubles that began and ended.
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

constexpr std::int64_t newest_records = 1'000;  // in which a port is looked for

Alert read_alert(SqlConnection& connection, SqlStatement& row) {
  Alert alert;
  std::string kind;
  row.read(alert.id, kind, alert.subject, alert.enterprise, alert.zh, alert.en, alert.began_at, alert.ended_at);
  const auto known = read_alert_kind(kind);
  if (!known) connection.refuse("账本中有不认识的告警 / the ledger holds an unknown kind of alert: " + kind);
  alert.kind = *known;
  return alert;
}

Conditions conditions_of(const AlertQuery& query) {
  Conditions conditions;
  if (query.state) conditions.add(*query.state == AlertState::open ? "ended_at IS NULL" : "ended_at IS NOT NULL");
  if (query.before > 0) conditions.add("id < ?", query.before);
  if (!query.enterprises.empty()) {
    std::string places = "''";
    for (std::size_t i = 0; i < query.enterprises.size(); ++i) places += ", ?";
    conditions.add_each("enterprise IN (" + places + ")", query.enterprises);
  }
  return conditions;
}

}  // namespace

bool SqlLedger::begin_alert(const Alert& alert) {
  return write([&](SqlConnection& connection) {
    return connection
               .prepare(
                   "INSERT INTO alerts (kind, subject, enterprise, zh, en, began_at, ended_at) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
               .bind(word(alert.kind), alert.subject, alert.enterprise, alert.zh, alert.en, alert.began_at,
                     alert.ended_at)
               .run() == 1;
  });
}

bool SqlLedger::end_alert(std::int64_t id, base::Time now) {
  return write([&](SqlConnection& connection) {
    return connection.prepare("UPDATE alerts SET ended_at = ? WHERE id = ? AND ended_at IS NULL").bind(now, id).run() ==
           1;
  });
}

std::vector<Alert> SqlLedger::alerts(const AlertQuery& query) {
  return look([&](SqlConnection& connection) {
    std::vector<Alert> found;
    const Conditions conditions = conditions_of(query);
    auto rows =
        connection.prepare("SELECT id, kind, subject, enterprise, zh, en, began_at, ended_at FROM alerts WHERE 1 = 1" +
                           conditions.text() + " ORDER BY id DESC LIMIT ?");
    conditions.bind(rows);
    rows.bind(query.limit);
    while (rows.step()) found.push_back(read_alert(connection, rows));
    return found;
  });
}

std::vector<PortSilence> SqlLedger::port_silences(const std::vector<SilenceQuery>& ports) {
  return look([&](SqlConnection& connection) {
    std::vector<PortSilence> all;
    for (const auto& [port, due_by] : ports) {
      PortSilence& silence = all.emplace_back();
      silence.port = port;
      auto due = connection.prepare(
          "SELECT due FROM documents WHERE state = 'sent' AND newest = 1 AND stage = '' AND port = ? AND due <= ? "
          "ORDER BY due LIMIT 1");
      due.bind(port, due_by);
      if (due.step()) due.read(silence.first_due);
      auto heard = connection.prepare(
          "SELECT max(received_at) FROM (SELECT port, received_at FROM inbound ORDER BY row DESC LIMIT ?) AS newest "
          "WHERE port = ?");
      heard.bind(newest_records, port);
      if (heard.step()) heard.read(silence.last_heard);
    }
    return all;
  });
}

std::size_t SqlLedger::prune_alerts(base::Time ended_before) {
  std::int64_t pruned = 0;
  write([&](SqlConnection& connection) {
    pruned = connection.prepare("DELETE FROM alerts WHERE ended_at < ?").bind(ended_before).run();
    return pruned > 0;
  });
  return static_cast<std::size_t>(pruned);
}

}  // namespace gateway::ledger::sql

// What persons keep of documents, and the documents of a sale.
#include <algorithm>

#include "gateway/ledger/sql/audit.h"
#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

std::vector<std::string> sharing_a_number(SqlConnection& connection, const std::string& id, std::size_t most) {
  auto rows = connection.prepare(
      "SELECT DISTINCT o.id FROM documents d JOIN numbers n ON n.document = d.row "
      "JOIN numbers e ON e.value = n.value AND e.kind = n.kind JOIN documents o ON o.row = e.document "
      "WHERE d.id = ? AND d.newest > 0 AND o.newest > 0 "
      "AND n.kind IN ('orderNo', 'logisticsNo', 'payTransactionId', 'copNo', 'invtNo') ORDER BY o.id LIMIT ?");
  rows.bind(id, most);
  std::vector<std::string> found;
  while (rows.step()) rows.read(found.emplace_back());
  return found;
}

std::optional<Place> newest_place(SqlConnection& connection, const std::string& id) {
  auto row = connection.prepare("SELECT " + std::string(place_columns) + " FROM documents WHERE id = ? AND newest > 0" +
                                std::string(connection.dialect().lock_rows));
  row.bind(id);
  return row.step() ? std::optional(read_place(row)) : std::nullopt;
}

void tell_erp(SqlConnection& connection, const std::string& id, const Assignment& assignment, const std::string& told) {
  const auto place = newest_place(connection, id);
  if (!place) return;
  Step step;
  step.to.reason = told;
  step.by = assignment.by;
  step.at = assignment.at;
  step.evidence = std::string(notice_evidence) + "given back to the ERP";
  note(connection, *place, std::move(step), Told::yes);
}

void read_stands(SqlConnection& connection, const StandQuery& query, const std::optional<std::string>& enterprise,
                 std::vector<Stand>& stands) {
  Conditions conditions;
  conditions.add("created_at >= ?", query.since);
  conditions.add("created_at < ?", query.until);
  conditions.add_if_asked("port = ?", query.port);
  conditions.add_if_asked("enterprise = ?", enterprise);
  auto rows = connection.prepare(
      "SELECT enterprise, port, type, state, outcome, count(*) FROM documents WHERE newest = 1" + conditions.text() +
      " GROUP BY enterprise, port, type, state, outcome ORDER BY enterprise, port, type, state, outcome");
  conditions.bind(rows);
  while (rows.step()) {
    Stand& stand = stands.emplace_back();
    rows.read(stand.enterprise, stand.port, stand.type, stand.state, stand.outcome, stand.documents);
  }
}

}  // namespace

// Order and waybill share no number: the inventory between the two names both.
std::vector<std::string> SqlLedger::sale_of(const std::string& id, std::size_t most) {
  return look([&](SqlConnection& connection) {
    std::vector<std::string> sale{id};
    for (std::size_t next = 0; next < sale.size() && sale.size() < most; ++next) {
      for (std::string& other : sharing_a_number(connection, sale[next], most)) {
        if (sale.size() < most && std::ranges::find(sale, other) == sale.end()) sale.push_back(std::move(other));
      }
    }
    return sale;
  });
}

Note SqlLedger::add_note(const std::string& id, const Note& note, const Act& act) {
  return *write([&](SqlConnection& connection) {
    Note added = note;
    added.number =
        connection
            .prepare(connection.adding("INSERT INTO document_notes (id, at, by, text) VALUES (?, ?, ?, ?)", "number"))
            .bind(id, note.at, note.by, note.text)
            .added();
    add_act(connection, act);
    return std::optional(std::move(added));
  });
}

std::vector<Note> SqlLedger::notes_of(const std::string& id) {
  return look([&](SqlConnection& connection) {
    auto rows =
        connection.prepare("SELECT number, at, by, text FROM document_notes WHERE id = ? ORDER BY number DESC LIMIT ?");
    rows.bind(id, most_notes);
    std::vector<Note> notes;
    while (rows.step()) {
      Note& one = notes.emplace_back();
      rows.read(one.number, one.at, one.by, one.text);
    }
    std::ranges::reverse(notes);
    return notes;
  });
}

std::vector<CodeNote> SqlLedger::code_notes() {
  return look([](SqlConnection& connection) {
    auto rows = connection.prepare("SELECT code, text, by, at FROM code_notes ORDER BY code");
    std::vector<CodeNote> notes;
    while (rows.step()) {
      CodeNote& one = notes.emplace_back();
      rows.read(one.code, one.text, one.by, one.at);
    }
    return notes;
  });
}

bool SqlLedger::put_code_note(const CodeNote& note, const Act& act) {
  return write([&](SqlConnection& connection) {
    connection.prepare("DELETE FROM code_notes WHERE code = ?").bind(note.code).run();
    if (!note.text.empty()) {
      const auto added = connection
                             .prepare(
                                 "INSERT INTO code_notes (code, text, by, at) SELECT ?, ?, ?, ? "
                                 "WHERE (SELECT count(*) FROM code_notes) < ?")
                             .bind(note.code, note.text, note.by, note.at, most_code_notes)
                             .run();
      if (added == 0) return false;
    }
    add_act(connection, act);
    return true;
  });
}

void SqlLedger::assign(const std::string& id, const Assignment& assignment, const std::string& told, const Act& act) {
  write([&](SqlConnection& connection) {
    connection.prepare("DELETE FROM assignments WHERE id = ?").bind(id).run();
    if (!assignment.to.empty()) {
      connection.prepare("INSERT INTO assignments (id, assignee, by, reason, at) VALUES (?, ?, ?, ?, ?)")
          .bind(id, assignment.to, assignment.by, assignment.reason, assignment.at)
          .run();
    }
    if (assignment.to == to_erp) tell_erp(connection, id, assignment, told);
    add_act(connection, act);
    return true;
  });
}

std::optional<Assignment> SqlLedger::assignment_of(const std::string& id) {
  return look([&](SqlConnection& connection) -> std::optional<Assignment> {
    auto row = connection.prepare("SELECT assignee, by, reason, at FROM assignments WHERE id = ?");
    row.bind(id);
    if (!row.step()) return std::nullopt;
    Assignment assignment;
    row.read(assignment.to, assignment.by, assignment.reason, assignment.at);
    return assignment;
  });
}

std::vector<Stand> SqlLedger::stands(const StandQuery& query) {
  return look([&](SqlConnection& connection) {
    std::vector<Stand> stands;
    for (const auto& enterprise : shown(query.enterprise, query.enterprises)) {
      read_stands(connection, query, enterprise, stands);
    }
    return stands;
  });
}

}  // namespace gateway::ledger::sql

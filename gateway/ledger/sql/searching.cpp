// Documents that a person looks for.
#include <algorithm>
#include <functional>
#include <utility>

#include "gateway/ledger/sql/lists.h"
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

// What few documents have is looked up first; what many have is asked of each document in the order of the list, of
// which a page then needs few.
constexpr std::int64_t few = 10'000;
constexpr std::ptrdiff_t shortest_beginning = 4;                    // characters
constexpr std::string_view behind_everything = "\xF4\x8F\xBF\xBF";  // the last character of all

// A condition in both ways. Their values in the order of the question marks.
struct Sought {
  std::string rows, test;
  std::vector<std::string> row_values, test_values;
};

Sought with_business_number(const std::string& number) {
  const auto characters = std::ranges::count_if(number, [](char c) { return (c & 0xC0) != 0x80; });
  const std::string last = characters < shortest_beginning ? number : number + std::string(behind_everything);
  return {
      "SELECT v.row FROM numbers n CROSS JOIN documents o CROSS JOIN documents v WHERE n.value >= ? AND "
      "n.value <= ? AND o.row = n.document AND v.id = o.id AND v.newest > 0 "
      "UNION SELECT row FROM documents WHERE newest = 1 AND number = ?",
      "(d.number = ? OR EXISTS (SELECT 1 FROM documents o CROSS JOIN numbers n WHERE o.id = d.id AND "
      "n.document = o.row AND n.value >= ? AND n.value <= ?))",
      {number, last, number},
      {number, number, last}};
}

Sought with_code(const std::string& code) {
  return {"SELECT c.document AS row FROM document_codes c WHERE c.code = ?",
          "EXISTS (SELECT 1 FROM document_codes c WHERE c.document = d.row AND c.code = ?)",
          {code},
          {code}};
}

Sought assigned_to(const std::string& person) {
  return {
      "SELECT v.row FROM assignments a CROSS JOIN documents v WHERE a.assignee = ? AND v.id = a.id AND v.newest > 0",
      "EXISTS (SELECT 1 FROM assignments a WHERE a.id = d.id AND a.assignee = ?)",
      {person},
      {person}};
}

bool have_few(SqlConnection& connection, const Sought& sought) {
  auto found = connection.prepare("SELECT count(*) FROM (SELECT 1 FROM (" + sought.rows +
                                  ") AS all_of LIMIT ?) AS first_of_all");
  for (const std::string& value : sought.row_values) found.bind(value);
  return found.bind(few + 1).number() <= few;
}

// The rows to look up first, and what is then asked of each.
struct Search {
  std::optional<Sought> first;
  std::vector<Sought> then;
};

Search search_of(SqlConnection& connection, const Query& query) {
  const std::string with_number = "SELECT row FROM documents WHERE newest = 1 AND number = ?";
  const std::string with_key = "SELECT row FROM documents WHERE newest > 0 AND key = ?";
  Search search;
  if (query.key) {
    search.first = Sought{with_key + " UNION " + with_number, {}, {*query.key, *query.key}, {}};
  } else if (query.number) {
    search.first = Sought{with_number, {}, {*query.number}, {}};
  }
  std::vector<Sought> wanted;
  if (query.business) wanted.push_back(with_business_number(*query.business));
  if (query.assigned_to) wanted.push_back(assigned_to(*query.assigned_to));
  if (query.code) wanted.push_back(with_code(*query.code));
  for (Sought& sought : wanted) {
    if (!search.first && have_few(connection, sought)) {
      search.first = std::move(sought);
    } else {
      search.then.push_back(std::move(sought));
    }
  }
  return search;
}

void add_ids(Conditions& conditions, const std::vector<std::string>& ids) {
  std::string places;
  for (std::size_t i = 0; i < ids.size(); ++i) places += i == 0 ? "?" : ", ?";
  conditions.add_each("d.id IN (" + places + ")", ids);
}

Conditions conditions_of(const Query& query, const Search& search) {
  Conditions conditions;
  if (search.first) conditions.among(search.first->rows, search.first->row_values);
  conditions.add_if_asked("d.type = ?", query.type);
  conditions.add_if_asked("d.number = ?", query.number);
  conditions.add_if_asked("d.port = ?", query.port);
  conditions.add_if_asked("d.outcome = ?", query.outcome);
  if (query.outcome) conditions.add("d.outcome <> ''");  // the index holds no other
  if (query.reason && !query.reason->empty()) {
    conditions.add("replace(d.reason, ?, '') <> d.reason", *query.reason);
  }
  for (const Sought& sought : search.then) conditions.add_each(sought.test, sought.test_values);
  if (!query.ids.empty()) add_ids(conditions, query.ids);
  conditions.add_if_asked("d.created_at >= ?", query.since);
  conditions.add_if_asked("d.created_at < ?", query.until);
  if (const auto cursor = read_cursor(query.cursor)) {
    conditions.add("(d.created_at, d.row) < (?, ?)", cursor->at, cursor->row);
  }
  return conditions;
}

// An index gives the documents of one enterprise, or in one state, in order, but not those of several: each is read by
// itself.
std::vector<Conditions> parts_of(SqlConnection& connection, const Query& query) {
  const Search search = search_of(connection, query);
  std::vector<std::optional<State>> states(query.states.begin(), query.states.end());
  if (states.empty()) states.emplace_back();
  std::vector<Conditions> parts;
  for (const auto& enterprise : shown(query.enterprise, query.enterprises)) {
    for (const auto& state : states) {
      Conditions& conditions = parts.emplace_back(conditions_of(query, search));
      conditions.add_if_asked("d.enterprise = ?", enterprise);
      conditions.add_if_asked("d.state = ?", state);
    }
  }
  return parts;
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

}  // namespace

Page SqlLedger::list(const Query& query) {
  if (query.limit == 0 || (!query.cursor.empty() && !read_cursor(query.cursor))) return {};
  return look([&](SqlConnection& connection) {
    std::vector<Listed> listed;
    for (const Conditions& conditions : parts_of(connection, query)) {
      read_list(connection, conditions, query.limit + 1, listed);
    }
    return page_of(std::move(listed), query.limit);
  });
}

std::size_t SqlLedger::count(const Query& query, std::size_t most) {
  return look([&](SqlConnection& connection) {
    std::size_t count = 0;
    for (const Conditions& conditions : parts_of(connection, query)) {
      auto rows = connection.prepare("SELECT count(*) FROM (SELECT 1 FROM " + conditions.among() +
                                     "documents d WHERE d.newest = 1" + conditions.text() + " LIMIT ?) AS counted");
      conditions.bind(rows);
      count += static_cast<std::size_t>(rows.bind(most - count).number());
    }
    return count;
  });
}

}  // namespace gateway::ledger::sql

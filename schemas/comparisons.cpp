#include "schemas/comparisons.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "schemas/catalog.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 8> comparison_columns{"left", "left_field", "right", "right_field",
                                                             "how",  "code",       "zh",    "en"};
constexpr std::string_view not_compared = "none";

std::optional<Comparing> read_comparing(std::string_view word) {
  if (word == "equal") return Comparing::equal;
  if (word == "rows") return Comparing::rows;
  if (word == "sum") return Comparing::sum;
  return std::nullopt;
}

struct Loader {
  const Catalog& catalog;
  std::vector<Comparison> all;
  std::set<std::array<std::string, 4>> seen;  // types and fields of the rows before
  base::Faults faults;

  void complain(const Table& table, const Table::Row& row, const std::string& zh, const std::string& en) {
    faults.push_back(table.fault(row, zh, en));
  }

  void check_name(const Table& table, const Table::Row& row, const std::string& name) {
    if (!catalog.knows_name(name)) complain(table, row, "没有报文类型 " + name, "there is no message type " + name);
  }

  void check_fields(const Table& table, const Table::Row& row, const Comparison& one, const MessageType& type,
                    const std::vector<std::string>& fields) {
    const Node* node = one.how == Comparing::rows ? type.business().child(type.list) : &type.head_node();
    for (const std::string& field : fields) {
      if (node != nullptr && node->child(field) != nullptr) continue;
      complain(table, row, type.name + " 没有字段 " + field, type.name + " has no field " + field);
    }
  }

  void check_form(const Table& table, const Table::Row& row, const Comparison& one) {
    const bool has_enough = one.how == Comparing::rows ? one.left_fields.size() > 1 : one.left_fields.size() == 1;
    if (!has_enough || one.left_fields.size() != one.right_fields.size()) {
      complain(table, row, "rows 两侧各有同样多的至少两个字段，其他比较两侧各一个字段",
               "rows has as many fields on either side, at least two; every other comparison has one each");
    }
    if (one.code.empty() || one.zh.empty() || one.en.empty()) {
      complain(table, row, "code、中文和英文都必须填写", "code, Chinese and English must all be filled");
    }
  }

  void row(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    if (!seen.insert({cells[0], cells[1], cells[2], cells[3]}).second) return;  // the site's row holds
    check_name(table, row, cells[0]);
    check_name(table, row, cells[2]);
    if (cells[4] == not_compared) return;
    Comparison one{cells[0],        cells[2], Comparing::equal, words(cells[1]),
                   words(cells[3]), cells[5], cells[6],         cells[7]};
    if (const auto how = read_comparing(cells[4])) {
      one.how = *how;
    } else {
      complain(table, row, "没有比较方式 " + cells[4] + "，可用：equal, rows, sum, none",
               "\"" + cells[4] + "\" is not one of equal, rows, sum, none");
    }
    check_form(table, row, one);
    const MessageType* left = catalog.find(one.left);
    const MessageType* right = catalog.find(one.right);
    if (left == nullptr || right == nullptr) return;  // of another edition
    check_fields(table, row, one, *left, one.left_fields);
    check_fields(table, row, one, *right, one.right_fields);
    all.push_back(std::move(one));
  }
};

}  // namespace

base::Result<Comparisons> Comparisons::load(const DataFolders& folders, const Catalog& catalog) {
  const auto tables = read_tables(folders, "catalog/comparisons.tsv", comparison_columns);
  if (!tables) return tables.faults();
  Loader loader{catalog, {}, {}, {}};
  for (const Table& table : *tables) {
    for (const Table::Row& row : table.rows()) loader.row(table, row);
  }
  if (!loader.faults.empty()) return std::move(loader.faults);
  Comparisons comparisons;
  comparisons.all_ = std::move(loader.all);
  return comparisons;
}

}  // namespace schemas

#include "schemas/siblings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/catalog.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 5> sibling_columns{"type", "sibling", "fields", "awaited", "absent"};

struct SiblingsLoader {
  const Catalog& catalog;
  std::vector<SiblingRule> rules;
  base::Faults faults;

  void complain(const Table& table, const Table::Row& row, const std::string& zh, const std::string& en) {
    faults.push_back(table.fault(row, zh, en));
  }

  // Nothing: no such type, or one of another edition.
  const MessageType* declaration(const Table& table, const Table::Row& row, const std::string& name) {
    const MessageType* type = catalog.find(name);
    if (type == nullptr && !catalog.knows_name(name)) {
      complain(table, row, "没有报文类型 " + name, "there is no message type " + name);
    }
    if (type != nullptr && type->kind != MessageKind::declaration) {
      complain(table, row, name + " 不是申报单证", name + " is no declaration");
    }
    return type;
  }

  void check_fields(const Table& table, const Table::Row& row, const SiblingRule& rule, const MessageType& type) {
    for (const std::string& field : rule.fields) {
      if (type.head_node().child(field) != nullptr) continue;
      complain(table, row, type.name + " 没有字段 " + field, type.name + " has no field " + field);
    }
    const auto& numbers = type.number_fields;
    if (rule.fields.empty() || std::ranges::find(numbers, rule.fields.back()) == numbers.end()) {
      complain(table, row, "最后一个字段应为 " + type.name + " 可查找的编号",
               "the last field has to be a number that " + type.name + " is found by");
    }
  }

  bool is_known(const SiblingRule& rule) const {
    return std::ranges::any_of(rules, [&](const SiblingRule& one) {
      return one.type == rule.type && one.sibling == rule.sibling && one.fields == rule.fields;
    });
  }

  void row(const Table& table, const Table::Row& row) {
    SiblingRule rule{row.cells[0], row.cells[1], words(row.cells[2]), Awaited::no, row.cells[4]};
    if (row.cells[3] == "yes") rule.awaited = Awaited::yes;
    if (row.cells[3] != "yes" && row.cells[3] != "no") {
      complain(table, row, "awaited 应为 yes 或 no", "awaited has to be yes or no");
    }
    if ((rule.awaited == Awaited::yes) == rule.absent.empty()) {
      complain(table, row, "等待的单证才有 absent，且必须填写", "absent is for what is awaited, and needed there");
    }
    const MessageType* type = declaration(table, row, rule.type);
    const MessageType* sibling = declaration(table, row, rule.sibling);
    if (type == nullptr || sibling == nullptr) return;
    check_fields(table, row, rule, *type);
    check_fields(table, row, rule, *sibling);
    if (!is_known(rule)) rules.push_back(std::move(rule));
  }
};

}  // namespace

base::Result<Siblings> Siblings::load(const DataFolders& folders, const Catalog& catalog) {
  const auto tables = read_tables(folders, "catalog/siblings.tsv", sibling_columns);
  if (!tables) return tables.faults();
  SiblingsLoader loader{catalog, {}, {}};
  for (const Table& table : *tables) {
    for (const Table::Row& row : table.rows()) loader.row(table, row);
  }
  if (!loader.faults.empty()) return std::move(loader.faults);
  Siblings siblings;
  siblings.rules_ = std::move(loader.rules);
  return siblings;
}

std::vector<const SiblingRule*> Siblings::of(std::string_view type) const {
  std::vector<const SiblingRule*> found;
  for (const SiblingRule& rule : rules_) {
    if (rule.type == type) found.push_back(&rule);
  }
  return found;
}

std::vector<const SiblingRule*> Siblings::naming(std::string_view sibling) const {
  std::vector<const SiblingRule*> found;
  for (const SiblingRule& rule : rules_) {
    if (rule.sibling == sibling) found.push_back(&rule);
  }
  return found;
}

bool Siblings::awaits(std::string_view type) const {
  return std::ranges::any_of(
      rules_, [&](const SiblingRule& rule) { return rule.type == type && rule.awaited == Awaited::yes; });
}

}  // namespace schemas

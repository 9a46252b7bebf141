#include "schemas/corrections.h"

#include <algorithm>
#include <set>

#include "schemas/catalog.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 6> correction_columns{"type", "standing", "app_types", "carry", "zh", "en"};
constexpr std::array<std::string_view, standing_count> standing_words{
    "nothing_stored", "draft",     "stored", "rejected_stored", "declared", "released",
    "closed",         "cancelled", "done",   "decided"};
constexpr std::array<std::string_view, 3> app_types{"1", "2", "3"};  // new, change, delete (报文规范 202205 §3.1.4)

base::Fault missing(const std::string& file, const std::string& type, Standing standing) {
  const std::string where(word(standing));
  return {.code = "data.row",
          .path = file,
          .zh = type + " 缺少 " + where + " 一行",
          .en = "there is no row for " + type + " and " + where,
          .source = {}};
}

}  // namespace

std::string_view word(Standing standing) { return standing_words.at(static_cast<std::size_t>(standing)); }

std::vector<Standing> read_standings(const Table& table, const Table::Row& row, const std::string& text,
                                     base::Faults& faults) {
  std::vector<Standing> standings;
  for (const std::string& name : words(text)) {
    const auto found = std::ranges::find(standing_words, name);
    if (found == standing_words.end()) {
      faults.push_back(table.fault(row, "没有处境 " + name, "there is no standing " + name));
    } else {
      standings.push_back(static_cast<Standing>(found - standing_words.begin()));
    }
  }
  if (standings.empty()) faults.push_back(table.fault(row, "缺少处境", "the standing is missing"));
  return standings;
}

struct Corrections::Loader {
  const Catalog& catalog;
  Corrections corrections;
  base::Faults faults;
  std::set<std::pair<std::string, Standing>> seen;

  void complain(const Table& table, const Table::Row& row, const std::string& zh, const std::string& en) {
    faults.push_back(table.fault(row, zh, en));
  }

  void check_app_types(const Table& table, const Table::Row& row, const Correction& correction) {
    for (const std::string& app_type : correction.app_types) {
      if (std::ranges::find(app_types, app_type) != app_types.end()) continue;
      complain(table, row, "appType 不能是 " + app_type, app_type + " is no appType");
    }
  }

  void check_fields(const Table& table, const Table::Row& row, const MessageType& type, const Correction& correction) {
    for (const auto* fields : {&correction.carry, &correction.carry_if_known}) {
      for (const std::string& field : *fields) {
        if (type.head_node().child(field) != nullptr) continue;
        complain(table, row, type.name + " 中没有字段 " + field, type.name + " has no field " + field);
      }
    }
  }

  Correction read(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    Correction correction{words(cells[2]), {}, {}, cells[4], cells[5]};
    for (std::string& field : words(cells[3])) {
      const bool if_known = field.ends_with('?');
      if (if_known) field.pop_back();
      (if_known ? correction.carry_if_known : correction.carry).push_back(std::move(field));
    }
    check_app_types(table, row, correction);
    if (cells[4].empty() || cells[5].empty()) {
      complain(table, row, "中文和英文必须成对填写", "Chinese and English must both be filled");
    }
    return correction;
  }

  void put(const Table& table, const Table::Row& row, const std::string& name, const std::vector<Standing>& standings,
           const Correction& correction) {
    if (!catalog.knows_name(name)) complain(table, row, "没有报文类型 " + name, "there is no message type " + name);
    const MessageType* type = catalog.find(name);
    if (type == nullptr) return;  // of another edition
    check_fields(table, row, *type, correction);
    for (const Standing standing : standings) {
      if (!seen.emplace(name, standing).second) {
        complain(table, row, name + " 的该处境出现两次", name + " has this standing twice");
      }
      corrections.by_type_[name].at(static_cast<std::size_t>(standing)) = correction;
    }
  }

  void row(const Table& table, const Table::Row& row) {
    const Correction correction = read(table, row);
    const auto standings = read_standings(table, row, row.cells[1], faults);
    for (const std::string& name : words(row.cells[0])) put(table, row, name, standings, correction);
  }

  void check_complete(const std::string& file) {
    for (const MessageType& type : catalog.types()) {
      if (type.kind != MessageKind::declaration) continue;
      for (std::size_t i = 0; i < standing_count; ++i) {
        const auto standing = static_cast<Standing>(i);
        if (!seen.contains({type.name, standing})) faults.push_back(missing(file, type.name, standing));
      }
    }
  }
};

base::Result<Corrections> Corrections::load(const DataFolders& folders, const Catalog& catalog) {
  const auto file = folders.ours / "catalog" / "corrections.tsv";
  const auto table = Table::read(file, correction_columns);
  if (!table) return table.faults();
  Loader loader{catalog, {}, {}, {}};
  for (const Table::Row& row : table->rows()) loader.row(*table, row);
  if (loader.faults.empty()) loader.check_complete(file.string());
  if (!loader.faults.empty()) return std::move(loader.faults);
  return std::move(loader.corrections);
}

const Correction& Corrections::of(std::string_view type, Standing standing) const {
  static const Correction none{{}, {}, {}, "该类报文不能申报", "this type is nothing that is declared"};
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? none : found->second.at(static_cast<std::size_t>(standing));
}

}  // namespace schemas

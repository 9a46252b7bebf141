#include "tools/platform/rulebook.h"

#include <algorithm>
#include <array>

#include "schemas/table.h"

namespace tools::platform {
namespace {

using schemas::Table;
using schemas::words;

constexpr std::array<std::string_view, 12> way_columns{"type",       "way",       "draft",        "again_after",
                                                       "fixed_from", "noun",      "named",        "pre_no",
                                                       "given",      "inventory", "inventory_at", "ends"};
constexpr std::array<std::string_view, 5> code_columns{"types", "occasion", "code", "text", "source"};
constexpr std::array<std::string_view, 2> status_columns{"status", "text"};
constexpr std::array<std::string_view, 8> limit_columns{"type",   "buyer",  "amounts", "rows",
                                                        "single", "annual", "vat",     "source"};
constexpr std::array<std::string_view, 5> notice_columns{"of", "after", "notice", "sets", "rows"};
constexpr std::array<std::string_view, 3> reply_columns{"code", "text", "deserved"};
constexpr std::array<std::string_view, 3> unclaimed_columns{"codes", "zh", "en"};

// "ebcCode=电商企业编码：", or a name alone.
std::vector<std::pair<std::string, std::string>> pairs(const std::string& cell) {
  std::vector<std::pair<std::string, std::string>> read;
  for (const std::string& word : words(cell)) {
    const auto equals = word.find('=');
    read.emplace_back(word.substr(0, equals), equals == std::string::npos ? "" : word.substr(equals + 1));
  }
  return read;
}

}  // namespace

struct Rulebook::Loader {
  const std::filesystem::path folder;
  const schemas::Catalog& catalog;
  Rulebook made{};
  base::Faults faults{};

  template <class Read>
  void read(const char* name, std::span<const std::string_view> columns, Read read_row) {
    const auto table = Table::read(folder / name, columns);
    if (!table) return void(faults.insert(faults.end(), table.faults().begin(), table.faults().end()));
    for (const Table::Row& row : table->rows()) read_row(*table, row);
  }

  void refuse(const Table& table, const Table::Row& row, const std::string& what) {
    faults.push_back(
        table.fault(row, "“" + what + "” 不是可用的值", "\"" + what + "\" is not a value that can stand here"));
  }

  bool knows(const Table& table, const Table::Row& row, const std::vector<std::string>& types) {
    for (const std::string& type : types) {
      if (catalog.knows_name(type)) continue;
      refuse(table, row, type);
      return false;
    }
    return true;
  }

  Amount amount(const Table& table, const Table::Row& row, const std::string& cell) {
    const auto read = read_amount(cell);
    if (!read) refuse(table, row, cell);
    return read.value_or(0);
  }

  void way(const Table& table, const Table::Row& row) {
    const auto& cell = row.cells;
    const auto types = words(cell[0]);
    if (!knows(table, row, types)) return;
    if (words(cell[1]).empty()) refuse(table, row, cell[1]);
    const Treatment treatment{words(cell[1]), cell[2], words(cell[3]), cell[4],         cell[5], pairs(cell[6]),
                              cell[7],        cell[8], cell[9],        words(cell[10]), cell[11]};
    for (const std::string& type : types) made.treatments_[type] = treatment;
  }

  void code(const Table& table, const Table::Row& row) {
    Saying saying{words(row.cells[0]), {}, row.cells[2], row.cells[3], row.cells[4]};
    if (!knows(table, row, saying.types)) return;
    for (const std::string& one : words(row.cells[1])) {
      const auto occasion = occasion_of(one);
      if (!occasion) return refuse(table, row, one);
      saying.occasions.push_back(*occasion);
    }
    for (const std::string& type : saying.types) {
      for (const Occasion one : saying.occasions) {
        if (!made.said_of_[type].emplace(one, made.sayings_.size()).second) refuse(table, row, type);
      }
    }
    made.sayings_.push_back(std::move(saying));
  }

  void limit(const Table& table, const Table::Row& row) {
    const auto& cell = row.cells;
    if (!knows(table, row, {cell[0]})) return;
    const Limits limits{amount(table, row, cell[4]), amount(table, row, cell[5])};
    made.purchases_.push_back({cell[0], cell[1], words(cell[2]), cell[3], limits, amount(table, row, cell[6])});
  }

  void notice(const Table& table, const Table::Row& row) {
    const auto& cell = row.cells;
    if (!knows(table, row, {cell[0], cell[2]})) return;
    if (cell[4] != "" && cell[4] != "goods" && cell[4] != "inventories") return refuse(table, row, cell[4]);
    made.notices_.push_back({cell[0], cell[1], cell[2], pairs(cell[3]), cell[4]});
  }

  void every_declaration_has_a_way() {
    for (const schemas::MessageType& type : catalog.types()) {
      if (type.kind != schemas::MessageKind::declaration || made.treatments_.contains(type.name)) continue;
      faults.push_back({.code = "data.row",
                        .path = (folder / "ways.tsv").string(),
                        .zh = "缺少 " + type.name,
                        .en = type.name + " is missing",
                        .source = {}});
    }
  }
};

base::Result<Rulebook> Rulebook::load(const std::filesystem::path& directory, const schemas::Catalog& catalog) {
  Loader loader{directory / "platform", catalog};
  loader.read("ways.tsv", way_columns, [&](const auto& table, const auto& row) { loader.way(table, row); });
  loader.read("codes.tsv", code_columns, [&](const auto& table, const auto& row) { loader.code(table, row); });
  loader.read("statuses.tsv", status_columns,
              [&](const auto&, const auto& row) { loader.made.texts_.emplace_back(row.cells[0], row.cells[1]); });
  loader.read("limits.tsv", limit_columns, [&](const auto& table, const auto& row) { loader.limit(table, row); });
  loader.read("notices.tsv", notice_columns, [&](const auto& table, const auto& row) { loader.notice(table, row); });
  loader.read("replies.tsv", reply_columns,
              [&](const auto&, const auto& row) { loader.made.replies_.emplace(row.cells[0], row.cells[1]); });
  loader.read("unclaimed.tsv", unclaimed_columns, [&](const auto&, const auto& row) {
    loader.made.unclaimed_.push_back({words(row.cells[0]), row.cells[1], row.cells[2]});
  });
  if (loader.faults.empty()) loader.every_declaration_has_a_way();
  if (!loader.faults.empty()) return loader.faults;
  return std::move(loader.made);
}

const Saying* Rulebook::saying(std::string_view type, Occasion occasion) const {
  const auto of_type = said_of_.find(type);
  if (of_type == said_of_.end()) return nullptr;
  const auto found = of_type->second.find(occasion);
  return found == of_type->second.end() ? nullptr : &sayings_[found->second];
}

std::string Rulebook::text_of(std::string_view status) const {
  constexpr std::string_view hole = "{status}";
  for (const auto& [of, text] : texts_) {
    if (of != status && of != "*") continue;
    std::string said = text;
    if (const auto at = said.find(hole); at != std::string::npos) said.replace(at, hole.size(), status);
    return said;
  }
  return {};
}

std::string Rulebook::reply_text(std::string_view code) const {
  const auto found = replies_.find(code);
  return found == replies_.end() ? "" : found->second;
}

const Purchase* Rulebook::purchase(std::string_view type) const {
  const auto found = std::ranges::find(purchases_, type, &Purchase::type);
  return found == purchases_.end() ? nullptr : &*found;
}

std::vector<const NoticeRow*> Rulebook::notices(std::string_view type, std::string_view after) const {
  std::vector<const NoticeRow*> found;
  for (const NoticeRow& one : notices_) {
    if (one.of == type && one.after == after) found.push_back(&one);
  }
  return found;
}

void Rulebook::set_single_limit(Amount limit) {
  for (Purchase& one : purchases_) one.limits.single = limit;
}

void Rulebook::set_annual_limit(Amount limit) {
  for (Purchase& one : purchases_) one.limits.annual = limit;
}

}  // namespace tools::platform

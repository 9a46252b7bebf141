#include "schemas/code_tables.h"

#include <algorithm>
#include <array>
#include <utility>

namespace schemas {

namespace {

constexpr std::array<std::string_view, 5> list_columns{"table", "zh", "en", "as_of", "source"};
constexpr std::array<std::string_view, 4> code_columns{"code", "zh", "en", "other"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

base::Faults read_codes(const std::filesystem::path& file, CodeTable& into) {
  const auto table = Table::read(file, code_columns);
  if (!table) return table.faults();
  base::Faults faults;
  for (const Table::Row& row : table->rows()) {
    const auto& cells = row.cells;
    if (cells[0].empty() || cells[1].empty()) {
      faults.push_back(table->fault(row, "代码和中文名称不能为空", "the code and its Chinese name must be filled"));
    } else if (!into.places.try_emplace(cells[0], into.codes.size()).second) {
      faults.push_back(table->fault(row, "代码 " + cells[0] + " 出现两次", "the code " + cells[0] + " comes twice"));
    } else {
      into.codes.push_back({cells[0], cells[1], cells[2], cells[3]});
    }
  }
  return faults;
}

// The tables that a folder's list names; one that is there already stays, so the site's folder comes first.
base::Faults read_folder(const std::filesystem::path& folder, std::vector<CodeTable>& into) {
  const auto list = Table::read(folder / "tables.tsv", list_columns);
  if (!list) return list.faults();
  base::Faults faults;
  for (const Table::Row& row : list->rows()) {
    const auto& cells = row.cells;
    if (std::ranges::find(into, cells[0], &CodeTable::name) != into.end()) continue;
    CodeTable table{cells[0], cells[1], cells[2], cells[3], cells[4], {}, {}};
    if (std::ranges::find(cells, "") != cells.end()) {
      faults.push_back(list->fault(row, "各列均须填写", "every column must be filled"));
    }
    const auto more = read_codes(folder / (table.name + ".tsv"), table);
    faults.insert(faults.end(), more.begin(), more.end());
    into.push_back(std::move(table));
  }
  return faults;
}

}  // namespace

const Code* CodeTable::find(std::string_view code) const {
  const auto place = places.find(code);
  return place == places.end() ? nullptr : &codes[place->second];
}

std::vector<const Code*> CodeTable::lookup(std::string_view text) const {
  if (const Code* exact = find(text)) return {exact};
  const std::string wanted = lowered(text);
  std::vector<const Code*> found;
  for (const Code& code : codes) {
    const bool holds_it = std::ranges::any_of(
        std::array{&code.zh, &code.en, &code.other},
        [&](const std::string* words) { return lowered(*words).find(wanted) != std::string::npos; });
    if (holds_it) found.push_back(&code);
  }
  return found;
}

const CodeTable* CodeTables::find(std::string_view name) const {
  const auto found = std::ranges::find(tables_, name, &CodeTable::name);
  return found == tables_.end() ? nullptr : &*found;
}

base::Result<CodeTables> CodeTables::load(const DataFolders& folders) {
  CodeTables tables;
  base::Faults faults;
  if (!folders.site.empty() && exists(folders.site / "params")) {
    faults = read_folder(folders.site / "params", tables.tables_);
  }
  const auto more = read_folder(folders.ours / "params", tables.tables_);
  faults.insert(faults.end(), more.begin(), more.end());
  if (!faults.empty()) return faults;
  return tables;
}

}  // namespace schemas

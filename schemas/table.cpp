#include "schemas/table.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace schemas {

namespace {

base::Fault data_fault(const char* code, const std::filesystem::path& file, int line, std::string zh, std::string en) {
  return {.code = code, .path = file.string(), .zh = std::move(zh), .en = std::move(en), .source = {}, .line = line};
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> words(std::string_view text) {
  auto parts = split(text, ' ');
  std::erase(parts, "");
  return parts;
}

base::Result<Table> Table::read(const std::filesystem::path& file, std::span<const std::string_view> columns) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return data_fault("data.file", file, 0, "数据文件无法读取", "the data file cannot be read");
  Table table;
  table.file_ = file;
  base::Faults faults;
  bool header_seen = false;
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    if (!text.empty() && text.back() == '\r') text.pop_back();
    if (text.empty() || text.front() == '#') continue;
    auto cells = split(text, '\t');
    if (!header_seen) {
      header_seen = true;
      if (!std::ranges::equal(cells, columns)) {
        return data_fault("data.column", file, line, "表头与所需的列不符",
                          "the header row has not the columns that are needed");
      }
    } else if (cells.size() != columns.size()) {
      faults.push_back(data_fault(
          "data.row", file, line, std::to_string(cells.size()) + " 列，应为 " + std::to_string(columns.size()) + " 列",
          std::to_string(cells.size()) + " columns instead of " + std::to_string(columns.size())));
    } else {
      table.rows_.push_back({line, std::move(cells)});
    }
  }
  if (!header_seen) faults.push_back(data_fault("data.column", file, 0, "缺少表头", "the header row is missing"));
  if (!faults.empty()) return faults;
  return table;
}

base::Result<std::vector<Table>> read_tables(const DataFolders& folders, const std::filesystem::path& name,
                                             std::span<const std::string_view> columns) {
  std::vector<Table> tables;
  base::Faults faults;
  const auto add = [&](const std::filesystem::path& file) {
    auto table = Table::read(file, columns);
    if (table) return tables.push_back(std::move(*table));
    faults.insert(faults.end(), table.faults().begin(), table.faults().end());
  };
  if (!folders.site.empty() && exists(folders.site / name)) add(folders.site / name);
  add(folders.ours / name);
  if (!faults.empty()) return faults;
  return tables;
}

base::Fault Table::fault(const Row& row, std::string zh, std::string en) const {
  return data_fault("data.row", file_, row.line, std::move(zh), std::move(en));
}

}  // namespace schemas

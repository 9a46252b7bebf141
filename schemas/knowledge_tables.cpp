#include "schemas/knowledge_tables.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace schemas {

namespace {

// A table whose codes depend on the type begins with the type, the code and the pattern; another with the code.
constexpr std::array<std::string_view, 8> customs_columns{"type", "code", "pattern", "zh",
                                                          "en",   "side", "advice",  "source"};
constexpr std::array<std::string_view, 8> text_columns{"type", "status", "pattern", "zh",
                                                       "en",   "side",   "advice",  "source"};
constexpr std::array<std::string_view, 7> transport_columns{"code",   "zh",     "en",          "side",
                                                            "advice", "source", "passes_later"};
constexpr std::array<std::string_view, 6> columns_of_messages{"name", "zh", "en", "side", "advice", "source"};
constexpr std::array<std::string_view, 5> fault_columns{"code", "zh", "en", "side", "advice"};

struct TablesLoader {
  const Catalog& catalog;
  const DataFolders& folders;
  const MeaningReader& meanings;
  base::Faults faults;

  void check_types(const Table& table, const Table::Row& row, const std::vector<std::string>& types) {
    for (const std::string& name : types) {
      if (catalog.knows_name(name)) continue;
      faults.push_back(table.fault(row, "没有报文类型 " + name, "there is no message type " + name));
    }
  }

  void read_codes(const Table& table, const Table::Row& row, const std::string& cell, KnowledgeRow& into) {
    auto codes = CodeSet::read(cell);
    if (codes && !cell.empty()) {
      into.codes = *std::move(codes);
    } else {
      faults.push_back(table.fault(row, "“" + cell + "” 不是代码或范围", "\"" + cell + "\" is no code or range"));
    }
  }

  void read_pattern(const Table& table, const Table::Row& row, const std::string& cell, KnowledgeRow& into) {
    if (auto pattern = TextPattern::read(cell)) {
      into.pattern = *std::move(pattern);
    } else {
      faults.push_back(table.fault(row, TextPattern::what_is_wrong_zh, TextPattern::what_is_wrong_en));
    }
  }

  void read_passage(const Table& table, const Table::Row& row, const std::string& cell, KnowledgeRow& into) {
    into.passes_later = cell == "yes";
    if (cell == "yes" || cell == "no") return;
    faults.push_back(table.fault(row, "“" + cell + "” 应为 yes 或 no", "\"" + cell + "\" must be yes or no"));
  }

  void read_row(const Table& table, const Table::Row& row, std::size_t meaning, KnowledgeRow& read) {
    const auto& cells = row.cells;
    if (meaning == 1) {
      read_codes(table, row, cells[0], read);
    } else {
      if (cells[0] != "*") read.types = words(cells[0]);
      check_types(table, row, read.types);
      read_codes(table, row, cells[1], read);
      read_pattern(table, row, cells[2], read);
    }
    read.meaning = meanings.read(table, row, meaning, faults);
    if (cells.size() > meaning + 4) read.meaning.source = meanings.source(table, row, meaning + 4, faults);
    if (meaning == 1 && cells.size() > meaning + 5) read_passage(table, row, cells[meaning + 5], read);
  }

  KnowledgeRows read(const char* file, std::span<const std::string_view> columns) {
    KnowledgeRows rows;
    const auto tables = read_tables(folders, std::filesystem::path("knowledge") / file, columns);
    if (!tables) {
      faults.insert(faults.end(), tables.faults().begin(), tables.faults().end());
      return rows;
    }
    const std::size_t meaning = columns.front() == "type" ? 3 : 1;
    for (const Table& table : *tables) {
      for (const Table::Row& row : table.rows()) read_row(table, row, meaning, rows.emplace_back());
    }
    return rows;
  }
};

}  // namespace

bool KnowledgeRow::holds_for(std::string_view type) const {
  return types.empty() || std::ranges::find(types, type) != types.end();
}

FoundRow find_row(const KnowledgeRows& rows, std::string_view type, std::string_view code, const ComparableText& text) {
  for (const Fit wanted : {Fit::exact, Fit::range}) {
    const KnowledgeRow* by_code_alone = nullptr;
    for (const KnowledgeRow& row : rows) {
      if (row.codes.fit(code) != wanted || !row.holds_for(type)) continue;
      if (auto parts = row.pattern.match(text)) return {&row, *std::move(parts)};
      if (by_code_alone == nullptr) by_code_alone = &row;
    }
    if (by_code_alone != nullptr) return {by_code_alone, {}};
  }
  return {};
}

base::Result<KnowledgeTables> KnowledgeTables::load(const Catalog& catalog, const DataFolders& folders) {
  const auto meanings = MeaningReader::load(folders);
  if (!meanings) return meanings.faults();
  TablesLoader loader{catalog, folders, *meanings, {}};
  KnowledgeTables tables;
  tables.customs_codes = loader.read("customs_codes.tsv", customs_columns);
  tables.texts = loader.read("texts.tsv", text_columns);
  tables.transport = loader.read("transport.tsv", transport_columns);
  tables.messages = loader.read("messages.tsv", columns_of_messages);
  tables.faults = loader.read("faults.tsv", fault_columns);
  tables.unlisted.zh = "未收录的代码";
  tables.unlisted.en = "a code that is not listed";
  meanings->advise(tables.unlisted, "ask_code");
  tables.rule.side = Side::enterprise;
  meanings->advise(tables.rule, "mend_named");
  if (!loader.faults.empty()) return std::move(loader.faults);
  return tables;
}

}  // namespace schemas

#include "schemas/meaning.h"

#include <algorithm>
#include <array>
#include <utility>

namespace schemas {

namespace {

constexpr std::array<std::string_view, 4> advice_columns{"id", "remedy", "zh", "en"};
constexpr std::array<std::string_view, 2> source_columns{"id", "text"};

constexpr std::array<std::string_view, 7> side_words{"enterprise", "eport",   "customs", "exchange",
                                                     "buyer",      "gateway", "nobody"};
constexpr std::array<std::string_view, 8> remedy_words{
    "", "retry", "wait", "mend the data", "sign again", "certificate or card", "ask the port", "already there"};

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

// The value whose word the cell is; the first one, and a fault, for another.
template <class Value, std::size_t size>
Value read_word(const Table& table, const Table::Row& row, const std::array<std::string_view, size>& words,
                const std::string& cell, base::Faults& faults) {
  const auto found = std::ranges::find(words, cell);
  if (found != words.end()) return static_cast<Value>(found - words.begin());
  const std::string allowed = joined(words);
  faults.push_back(
      table.fault(row, "“" + cell + "” 不可用，可用：" + allowed, "\"" + cell + "\" is not one of " + allowed));
  return {};
}

base::Fault unpaired(const Table& table, const Table::Row& row) {
  return table.fault(row, "中文和英文必须成对填写", "Chinese and English must both be filled");
}

}  // namespace

std::string_view word(Side side) { return side_words.at(static_cast<std::size_t>(side)); }

std::string_view word(Remedy remedy) { return remedy_words.at(static_cast<std::size_t>(remedy)); }

void MeaningReader::advice_row(const Table& table, const Table::Row& row, base::Faults& faults) {
  const auto& cells = row.cells;
  if (cells[2].empty() || cells[3].empty()) faults.push_back(unpaired(table, row));
  const auto remedy = read_word<Remedy>(table, row, remedy_words, cells[1], faults);
  advice_.try_emplace(cells[0], Advice{remedy, cells[2], cells[3]});
}

base::Result<MeaningReader> MeaningReader::load(const DataFolders& folders) {
  MeaningReader reader;
  const auto advice = read_tables(folders, "knowledge/advice.tsv", advice_columns);
  if (!advice) return advice.faults();
  const auto sources = read_tables(folders, "knowledge/sources.tsv", source_columns);
  if (!sources) return sources.faults();
  base::Faults faults;
  for (const Table& table : *advice) {
    for (const Table::Row& row : table.rows()) reader.advice_row(table, row, faults);
  }
  for (const Table& table : *sources) {
    for (const Table::Row& row : table.rows()) reader.sources_.try_emplace(row.cells[0], row.cells[1]);
  }
  if (!faults.empty()) return faults;
  return reader;
}

Meaning MeaningReader::read(const Table& table, const Table::Row& row, std::size_t first, base::Faults& faults) const {
  const std::string &zh = row.cells[first], &en = row.cells[first + 1], &advice = row.cells[first + 3];
  if (zh.empty() || en.empty()) faults.push_back(unpaired(table, row));
  Meaning meaning{.zh = zh,
                  .en = en,
                  .side = read_word<Side>(table, row, side_words, row.cells[first + 2], faults),
                  .remedy = Remedy::none,
                  .advice_zh = {},
                  .advice_en = {},
                  .source = {}};
  if (!advice.empty() && !advice_.contains(advice)) {
    faults.push_back(table.fault(row, "advice.tsv 中没有 " + advice, "advice.tsv has no " + advice));
  }
  advise(meaning, advice);
  return meaning;
}

std::string MeaningReader::source(const Table& table, const Table::Row& row, std::size_t cell,
                                  base::Faults& faults) const {
  const std::string& id = row.cells[cell];
  const auto found = sources_.find(id);
  if (found != sources_.end()) return found->second;
  if (!id.empty()) faults.push_back(table.fault(row, "sources.tsv 中没有 " + id, "sources.tsv has no " + id));
  return {};
}

void MeaningReader::advise(Meaning& meaning, std::string_view id) const {
  const auto found = advice_.find(id);
  if (found == advice_.end()) return;
  meaning.remedy = found->second.remedy;
  meaning.advice_zh = found->second.zh;
  meaning.advice_en = found->second.en;
}

}  // namespace schemas

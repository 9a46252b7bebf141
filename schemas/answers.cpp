#include "schemas/answers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "schemas/catalog.h"
#include "schemas/table.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 12> columns{"type", "app_type", "app_status", "status", "effect", "outcome",
                                                   "zh",   "en",       "side",       "advice", "source", "pattern"};
constexpr std::size_t selectors = 4;
constexpr std::array<std::string_view, 5> effect_words{"pass", "settle", "refuse", "hold", "already_there"};
constexpr std::array<std::string_view, 9> outcomes{"",         "lodged",   "released",  "closed",  "rejected",
                                                   "returned", "detained", "cancelled", "refunded"};

std::vector<Answer> unlisted(const MeaningReader& meanings, Effect effect, std::string_view advice, std::string zh,
                             std::string en) {
  Answer answer;
  answer.effect = effect;
  answer.zh = std::move(zh);
  answer.en = std::move(en);
  if (effect == Effect::refuse) answer.side = Side::enterprise;
  meanings.advise(answer, advice);
  return {answer};
}

}  // namespace

std::string_view word(Effect effect) { return effect_words.at(static_cast<std::size_t>(effect)); }

struct Answers::Loader {
  const MeaningReader& meanings;
  const Catalog& catalog;
  Answers answers;
  base::Faults faults;

  void complain(const Table& table, const Table::Row& row, const std::string& zh, const std::string& en) {
    faults.push_back(table.fault(row, zh, en));
  }

  // "*" stands for every declaration: receipts and notices are answered by nobody.
  std::vector<std::string> types_of(const Table& table, const Table::Row& row) {
    auto named = words(row.cells[0]);
    if (named == std::vector<std::string>{"*"}) {
      named.clear();
      for (const MessageType& type : catalog.types()) {
        if (type.kind == MessageKind::declaration) named.push_back(type.name);
      }
      return named;
    }
    for (const std::string& name : named) {
      if (!catalog.knows_name(name)) complain(table, row, "没有报文类型 " + name, "there is no message type " + name);
    }
    return named;
  }

  CodeSet codes(const Table& table, const Table::Row& row, std::size_t cell) {
    auto set = CodeSet::read(row.cells[cell]);
    if (set) return *std::move(set);
    complain(table, row, "“" + row.cells[cell] + "” 不是代码或范围", "\"" + row.cells[cell] + "\" is no code or range");
    return {};
  }

  Answer answer_of(const Table& table, const Table::Row& row) {
    const auto& cells = row.cells;
    Answer answer;
    static_cast<Meaning&>(answer) = meanings.read(table, row, 6, faults);
    answer.source = meanings.source(table, row, 10, faults);
    const auto effect = std::ranges::find(effect_words, cells[4]);
    if (effect == effect_words.end()) {
      complain(table, row, "没有效力 " + cells[4], "there is no effect " + cells[4]);
    } else {
      answer.effect = static_cast<Effect>(effect - effect_words.begin());
    }
    if (std::ranges::find(outcomes, cells[5]) == outcomes.end()) {
      complain(table, row, "没有结果 " + cells[5], "there is no outcome " + cells[5]);
    }
    answer.outcome = cells[5];
    if (auto pattern = TextPattern::read(cells[11])) {
      answer.pattern = *std::move(pattern);
    } else {
      complain(table, row, TextPattern::what_is_wrong_zh, TextPattern::what_is_wrong_en);
    }
    return answer;
  }

  void row(const Table& table, const Table::Row& row) {
    const std::vector<std::string> cells(row.cells.begin(), row.cells.begin() + selectors);
    Answer answer = answer_of(table, row);
    const auto same = std::ranges::find(answers.rows_, cells, &Row::cells);
    if (same != answers.rows_.end()) {
      answer.fit = same->answers.front().fit;
      return same->answers.push_back(std::move(answer));
    }
    Row added{cells, types_of(table, row), codes(table, row, 1), codes(table, row, 2), codes(table, row, 3), {}};
    answer.fit = added.statuses.named().empty() ? Fit::range : Fit::exact;
    added.answers.push_back(std::move(answer));
    answers.rows_.push_back(std::move(added));
  }
};

base::Result<Answers> Answers::load(const DataFolders& folders, const MeaningReader& meanings, const Catalog& catalog) {
  const auto tables = read_tables(folders, "catalog/answers.tsv", columns);
  if (!tables) return tables.faults();
  Loader loader{meanings, catalog, {}, {}};
  for (const Table& table : *tables) {
    for (const Table::Row& row : table.rows()) loader.row(table, row);
  }
  if (!loader.faults.empty()) return std::move(loader.faults);
  Answers answers = std::move(loader.answers);
  answers.unlisted_ = unlisted(meanings, Effect::pass, "wait", "未收录的状态", "a status that is not listed");
  answers.unlisted_error_ =
      unlisted(meanings, Effect::refuse, "ask_code", "未收录的错误代码", "an error code that is not listed");
  return answers;
}

std::span<const Answer> Answers::all(const Declared& declared, std::string_view status) const {
  const Row* by_range = nullptr;
  for (const Row& row : rows_) {
    const Fit fit = row.statuses.fit(status);
    if (fit == Fit::none || (fit == Fit::range && by_range != nullptr)) continue;
    if (std::ranges::find(row.types, declared.type) == row.types.end() ||
        row.app_types.fit(declared.app_type) == Fit::none || row.app_statuses.fit(declared.app_status) == Fit::none) {
      continue;
    }
    if (fit == Fit::exact) return row.answers;
    by_range = &row;
  }
  if (by_range != nullptr) return by_range->answers;
  return status.starts_with('-') ? unlisted_error_ : unlisted_;
}

std::vector<ListedAnswer> Answers::listed(std::string_view type) const {
  std::vector<ListedAnswer> found;
  std::set<std::string_view> taken;  // statuses that an earlier row holds for whatever was declared
  for (const Row& row : rows_) {
    if (std::ranges::find(row.types, type) == row.types.end()) continue;
    const auto& named = row.statuses.named();
    const bool has_range = row.cells[3].find("..") != std::string::npos;
    const auto is_taken = [&](const std::string& status) { return taken.contains(status); };
    if (!has_range && !named.empty() && std::ranges::all_of(named, is_taken)) continue;
    if (row.cells[1] == "*" && row.cells[2] == "*") taken.insert(named.begin(), named.end());
    found.push_back({row.cells[1], row.cells[2], row.cells[3], row.answers});
  }
  return found;
}

}  // namespace schemas

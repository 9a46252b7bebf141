#include "tools/jointtest/words.h"

#include <algorithm>
#include <cctype>

#include "schemas/table.h"
#include "tools/jointtest/text.h"

namespace tools::jointtest {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// "order" is no word of "orders"; Chinese is written without blanks.
bool ends_there(std::string_view text, std::string_view word) {
  return !is_letter(word.back()) || text.size() == word.size() || !is_letter(text[word.size()]);
}

}  // namespace

const Words& Words::all() {
  static const Words words;
  return words;
}

Words::Words() {
  constexpr std::size_t columns = 4;
  for (const std::string& line : schemas::split(words_text, '\n')) {
    const auto cells = schemas::split(line, '\t');
    if (line.starts_with('#') || cells.size() != columns || cells[0] == "group") continue;
    words_.push_back({cells[0], cells[1], schemas::split(cells[2], '|'), schemas::split(cells[3], '|')});
  }
}

std::optional<std::string> Words::take(std::string_view group, std::string_view& text) const {
  const Word* found = nullptr;
  std::size_t longest = 0;
  const auto look_at = [&](const Word& word, const std::string& spelt) {
    if (spelt.size() <= longest || !begins_with(text, spelt) || !ends_there(text, spelt)) return;
    found = &word;
    longest = spelt.size();
  };
  for (const Word& word : words_) {
    if (word.group != group) continue;
    for (const std::string& spelt : word.zh) look_at(word, spelt);
    for (const std::string& spelt : word.en) look_at(word, spelt);
  }
  if (found == nullptr) return std::nullopt;
  text = trimmed(text.substr(longest));
  return found->meaning;
}

const Words::Word* Words::find(std::string_view group, std::string_view meaning) const {
  const auto found =
      std::ranges::find_if(words_, [&](const Word& word) { return word.group == group && word.meaning == meaning; });
  return found == words_.end() ? nullptr : &*found;
}

std::string Words::listed_zh(std::string_view group) const {
  std::string list;
  for (const Word& word : words_) {
    if (word.group == group) list += (list.empty() ? "" : "、") + word.zh.front();
  }
  return list;
}

std::string Words::listed_en(std::string_view group) const {
  std::string list;
  for (const Word& word : words_) {
    if (word.group == group) list += (list.empty() ? "" : ", ") + word.en.front();
  }
  return list;
}

std::string Words::zh(std::string_view group, std::string_view meaning) const {
  const Word* word = find(group, meaning);
  return word == nullptr ? std::string(meaning) : word->zh.front();
}

std::string Words::en(std::string_view group, std::string_view meaning) const {
  const Word* word = find(group, meaning);
  return word == nullptr ? std::string(meaning) : word->en.front();
}

}  // namespace tools::jointtest

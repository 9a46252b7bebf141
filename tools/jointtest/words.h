// The vocabulary of scenario files in both languages (words.tsv), which is part of the program. Immutable; safe from
// every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools::jointtest {

extern const std::string_view words_text;  // words.tsv as it stands

class Words {
 public:
  static const Words& all();

  // The meaning of the longest word of the group that `text` begins with, which is cut off with the blanks behind it.
  // An English word ends at a blank or a mark.
  std::optional<std::string> take(std::string_view group, std::string_view& text) const;

  // The first word of each meaning, for people: "已办结、已退单", "settled, refused".
  std::string listed_zh(std::string_view group) const;
  std::string listed_en(std::string_view group) const;
  // The first word of one meaning, or the meaning itself where there is none.
  std::string zh(std::string_view group, std::string_view meaning) const;
  std::string en(std::string_view group, std::string_view meaning) const;

 private:
  struct Word {
    std::string group, meaning;
    std::vector<std::string> zh, en;
  };
  Words();
  const Word* find(std::string_view group, std::string_view meaning) const;

  std::vector<Word> words_;
};

}  // namespace tools::jointtest

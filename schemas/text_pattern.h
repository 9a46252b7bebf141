// Sentences of the platform and customs with named gaps, e.g. "超过限额[{limit}]": found literally, piece by piece,
// anywhere in a text. Blanks do not count, nor whether punctuation is full or half width. Time grows with the text
// alone: a piece has at most `longest_piece_bytes`. Any bytes are safe. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemas {

using Parts = std::vector<std::pair<std::string, std::string>>;  // name and value

// A text made comparable once, to be looked at by many patterns. Keeps its own copy.
class ComparableText {
 public:
  explicit ComparableText(std::string_view text);

  std::string_view folded() const { return folded_; }
  // What stood there in the text itself, without blanks at its ends; `from` and `to` are places in folded().
  std::string_view original(std::size_t from, std::size_t to) const;

 private:
  std::string text_, folded_;
  std::vector<std::size_t> places_;  // of each byte of folded_ in text_, and the end
};

class TextPattern {
 public:
  static constexpr std::size_t longest_piece_bytes = 300;

  static constexpr const char* what_is_wrong_zh = "花括号不成对、两个花括号相邻或片段过长";
  static constexpr const char* what_is_wrong_en =
      "a brace without its partner, two gaps side by side, or too long a piece";

  TextPattern() = default;  // empty: fits every text
  // Nothing: a brace without its partner, two gaps side by side, or a piece that is too long.
  static std::optional<TextPattern> read(std::string_view written);

  bool empty() const { return pieces_.empty(); }
  // The values of the named gaps; nothing: it does not fit.
  std::optional<Parts> match(const ComparableText& text) const;

 private:
  struct Piece {
    std::optional<std::string> gap;  // before the literal; an empty name: its value is not wanted
    std::string literal;             // folded; empty only at the end, where the gap takes the rest
  };
  std::vector<Piece> pieces_;
};

}  // namespace schemas

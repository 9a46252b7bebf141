#include "schemas/text_pattern.h"

#include <array>
#include <cstdint>

namespace schemas {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The character of three UTF-8 bytes at the head of the text; 0: there is none.
std::uint32_t three_bytes(std::string_view text) {
  if (text.size() < 3) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  if ((byte(0) & 0xF0) != 0xE0 || (byte(1) & 0xC0) != 0x80 || (byte(2) & 0xC0) != 0x80) return 0;
  return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

// The half-width character for a full-width one; 0: it has none.
char half_width(std::uint32_t character) {
  constexpr std::array<std::pair<std::uint32_t, char>, 8> others{{{0x3000, ' '},
                                                                  {0x3002, '.'},
                                                                  {0x3010, '['},
                                                                  {0x3011, ']'},
                                                                  {0x2018, '\''},
                                                                  {0x2019, '\''},
                                                                  {0x201C, '"'},
                                                                  {0x201D, '"'}}};
  if (character >= 0xFF01 && character <= 0xFF5E) return static_cast<char>(character - 0xFEE0);
  for (const auto& [wide, half] : others) {
    if (wide == character) return half;
  }
  return 0;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

ComparableText::ComparableText(std::string_view text) : text_(text) {
  folded_.reserve(text.size());
  places_.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text_.size();) {
    const char half = half_width(three_bytes(std::string_view(text_).substr(at)));
    const char kept = half != 0 ? half : text_[at];
    if (!is_blank(kept)) {
      folded_ += kept;
      places_.push_back(at);
    }
    at += half != 0 ? 3 : 1;
  }
  places_.push_back(text_.size());
}

std::string_view ComparableText::original(std::size_t from, std::size_t to) const {
  return without_blanks(std::string_view(text_).substr(places_[from], places_[to] - places_[from]));
}

std::optional<TextPattern> TextPattern::read(std::string_view written) {
  TextPattern pattern;
  std::optional<std::string> gap;
  while (!written.empty() || gap) {
    const auto opened = written.find('{');
    Piece piece{gap, std::string(ComparableText(written.substr(0, opened)).folded())};
    const bool is_last = opened == std::string_view::npos;
    if (piece.literal.size() > longest_piece_bytes || piece.literal.find('}') != std::string::npos) return std::nullopt;
    if (piece.literal.empty() && gap && !is_last) return std::nullopt;
    if (piece.gap || !piece.literal.empty()) pattern.pieces_.push_back(std::move(piece));
    if (is_last) break;
    const auto closed = written.find('}', opened);
    if (closed == std::string_view::npos) return std::nullopt;
    gap = std::string(written.substr(opened + 1, closed - opened - 1));
    written.remove_prefix(closed + 1);
  }
  return pattern;
}

std::optional<Parts> TextPattern::match(const ComparableText& text) const {
  Parts parts;
  std::size_t at = 0;
  for (const Piece& piece : pieces_) {
    const bool takes_the_rest = piece.literal.empty();
    const auto found = takes_the_rest ? text.folded().size() : text.folded().find(piece.literal, at);
    if (found == std::string_view::npos) return std::nullopt;
    if (piece.gap && !piece.gap->empty()) parts.emplace_back(*piece.gap, text.original(at, found));
    at = found + piece.literal.size();
  }
  return parts;
}

}  // namespace schemas

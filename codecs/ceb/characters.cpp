#include "codecs/ceb/characters.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace codecs::ceb {

namespace {

struct Range {
  char32_t first, last;
};

// XML 1.0 (fifth edition) [2] Char.
constexpr std::array<Range, 5> text_ranges{
    {{0x9, 0xA}, {0xD, 0xD}, {0x20, 0xD7FF}, {0xE000, 0xFFFD}, {0x10000, 0x10FFFF}}};
// [4] NameStartChar without ':', and what [4a] NameChar adds.
constexpr std::array<Range, 15> name_start_ranges{{{'A', 'Z'},
                                                   {'_', '_'},
                                                   {'a', 'z'},
                                                   {0xC0, 0xD6},
                                                   {0xD8, 0xF6},
                                                   {0xF8, 0x2FF},
                                                   {0x370, 0x37D},
                                                   {0x37F, 0x1FFF},
                                                   {0x200C, 0x200D},
                                                   {0x2070, 0x218F},
                                                   {0x2C00, 0x2FEF},
                                                   {0x3001, 0xD7FF},
                                                   {0xF900, 0xFDCF},
                                                   {0xFDF0, 0xFFFD},
                                                   {0x10000, 0xEFFFF}}};
constexpr std::array<Range, 5> name_rest_ranges{
    {{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};

template <std::size_t count>
bool within(const std::array<Range, count>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.last; });
}

// Takes one character off the text; nothing where the bytes are not UTF-8 (RFC 3629 §4: shortest form, no surrogates).
std::optional<char32_t> take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t size = first < 0x80 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
  if (first >= 0xF8 || (first & 0xC0) == 0x80 || text.size() < size) return std::nullopt;
  char32_t value = size == 1 ? first : first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  if (value < smallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

std::string code_point(char32_t c) {
  std::array<char, 16> text{};
  const int size = std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(c));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::optional<std::string> uncarriable_character(std::string_view text) {
  while (!text.empty()) {
    const auto c = take_character(text);
    if (!c) return "not UTF-8";
    if (!within(text_ranges, *c)) return code_point(*c);
  }
  return std::nullopt;
}

std::string made_carriable(std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  std::string made;
  made.reserve(text.size());
  while (!text.empty()) {
    const std::string_view rest = text;
    const auto c = take_character(text);
    if (!c) {
      text.remove_prefix(1);
      made += replacement;
    } else if (within(text_ranges, *c)) {
      made += rest.substr(0, rest.size() - text.size());
    } else if (*c < 0x20) {
      made += {'\xE2', '\x90', static_cast<char>(0x80 + *c)};
    } else {
      made += replacement;
    }
  }
  return made;
}

bool is_element_name(std::string_view name) {
  if (name.empty()) return false;
  for (bool first = true; !name.empty(); first = false) {
    const auto c = take_character(name);
    if (!c || !(within(name_start_ranges, *c) || (!first && within(name_rest_ranges, *c)))) return false;
  }
  return true;
}

}  // namespace codecs::ceb

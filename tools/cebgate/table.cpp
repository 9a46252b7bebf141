#include "tools/cebgate/table.h"

#include <algorithm>
#include <array>

#include "tools/cebgate/fault_text.h"

namespace tools::cebgate {

namespace {

struct Range {
  char32_t first, last;
};

// Wide and full-width characters of Unicode's EastAsianWidth, in coarse blocks.
constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},  Range{0x3041, 0xA4CF},
                          Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE6F},
                          Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F},
                          Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

std::size_t cells_of(char32_t character) {
  if (character >= 0x0300 && character <= 0x036F) return 0;
  const bool is_wide = std::ranges::any_of(
      wide, [character](const Range& range) { return character >= range.first && character <= range.last; });
  return is_wide ? 2 : 1;
}

std::size_t bytes_of(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

char32_t character_at(std::string_view utf8, std::size_t at, std::size_t bytes) {
  char32_t character = static_cast<unsigned char>(utf8[at]);
  if (bytes > 1) character &= (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes && at + i < utf8.size(); ++i) {
    character = character << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3Fu);
  }
  return character;
}

}  // namespace

std::size_t cells(std::string_view utf8) {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t bytes = bytes_of(static_cast<unsigned char>(utf8[at]));
    sum += cells_of(character_at(utf8, at, bytes));
    at += bytes;
  }
  return sum;
}

void Table::print(std::ostream& out) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], cells(row[i]));
  }
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += printable(row[i]) + std::string(widths[i] - cells(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
  }
}

}  // namespace tools::cebgate

#include "gateway/views/csv.h"

namespace gateway::views {

std::string harmless_cell(std::string_view text) {
  constexpr std::string_view begins_formulas = "=+-@\t\r\n";
  const bool is_formula = !text.empty() && begins_formulas.find(text.front()) != begins_formulas.npos;
  return (is_formula ? "'" : "") + std::string(text);
}

std::string csv_line(std::span<const std::string> cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) line += ',';
    const std::string text = harmless_cell(cell);
    if (text.find_first_of(",\"\r\n") == text.npos) {
      line += text;
      continue;
    }
    line += '"';
    for (const char c : text) line += c == '"' ? std::string(2, c) : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace gateway::views

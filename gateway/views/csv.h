// Tables as CSV (RFC 4180) that spreadsheets open as they are meant. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gateway::views {

inline constexpr std::string_view csv_beginning = "\xEF\xBB\xBF";  // so that Excel reads UTF-8

// A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line's end) gets an
// apostrophe.
std::string harmless_cell(std::string_view text);
std::string csv_line(std::span<const std::string> cells);

}  // namespace gateway::views

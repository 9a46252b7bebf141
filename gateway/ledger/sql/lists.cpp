#include "gateway/ledger/sql/lists.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace gateway::ledger::sql {

Conditions those_in(const std::string& column, const std::vector<std::string>& values) {
  Conditions conditions;
  if (values.empty()) return conditions;
  std::string places;
  for (std::size_t i = 0; i < values.size(); ++i) places += i == 0 ? "?" : ", ?";
  conditions.add_each(column + " IN (" + places + ")", values);
  return conditions;
}

std::string written(const Cursor& cursor) { return std::to_string(cursor.at) + "." + std::to_string(cursor.row); }

std::optional<Cursor> read_cursor(std::string_view text) {
  Cursor cursor;
  const char* const end = text.data() + text.size();
  const auto time = std::from_chars(text.data(), end, cursor.at);
  if (time.ec != std::errc() || time.ptr == end || *time.ptr != '.') return std::nullopt;
  const auto row = std::from_chars(time.ptr + 1, end, cursor.row);
  if (row.ec != std::errc() || row.ptr != end) return std::nullopt;
  return cursor;
}

std::vector<std::optional<std::string>> shown(const std::optional<std::string>& wanted,
                                              std::span<const std::string> visible) {
  if (wanted) {
    const bool may_be_seen = visible.empty() || std::ranges::find(visible, *wanted) != visible.end();
    return may_be_seen ? std::vector{wanted} : std::vector<std::optional<std::string>>();
  }
  if (visible.empty()) return {std::nullopt};
  const std::set<std::string> each_once(visible.begin(), visible.end());
  return {each_once.begin(), each_once.end()};
}

}  // namespace gateway::ledger::sql

#include "gateway/views/paging.h"

#include <string_view>

#include "base/digest.h"

namespace gateway::views {
namespace {

constexpr std::size_t check_digits = 8;

std::string check_of(std::string_view cursor) { return base::sha256_hex(cursor).substr(0, check_digits); }

}  // namespace

std::size_t read_limit(Parameters& parameters) {
  return static_cast<std::size_t>(parameters.number("limit", 1, most_rows).value_or(default_rows));
}

std::string outgoing_cursor(const std::string& cursor) { return check_of(cursor) + cursor; }

std::string read_cursor(Parameters& parameters) {
  const std::string text = parameters.text("cursor").value_or("");
  if (text.empty()) return {};
  std::string cursor = text.size() > check_digits ? text.substr(check_digits) : std::string();
  if (outgoing_cursor(cursor) == text) return cursor;
  parameters.refuse("cursor", "应为上一页返回的 next，原样传回。",
                    "This has to be the next of the page before, unchanged.");
  return {};
}

}  // namespace gateway::views

#include "tools/platform/occasion.h"

#include <algorithm>
#include <array>

namespace tools::platform {
namespace {

constexpr std::array<std::string_view, 25> occasion_words{
    "wrong_kind",   "unknown_enterprise", "unsigned",       "signature",       "card",
    "too_many",     "rows_missing",       "repeated_row",   "content",         "unknown_deed",
    "same_guid",    "already_there",      "not_newer",      "not_there",       "in_use",
    "not_declared", "numbers_needed",     "invt_no_needed", "invt_no_fixed",   "second_for_order",
    "single_limit", "annual_limit",       "no_inventory",   "inventory_state", "goods_unknown"};
static_assert(occasion_words.size() == static_cast<std::size_t>(Occasion::goods_unknown) + 1);

}  // namespace

std::string_view word(Occasion occasion) { return occasion_words.at(static_cast<std::size_t>(occasion)); }

std::optional<Occasion> occasion_of(std::string_view word) {
  const auto found = std::ranges::find(occasion_words, word);
  if (found == occasion_words.end()) return {};
  return static_cast<Occasion>(found - occasion_words.begin());
}

}  // namespace tools::platform

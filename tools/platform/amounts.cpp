#include "tools/platform/amounts.h"

#include <algorithm>

namespace tools::platform {
namespace {

constexpr std::size_t decimals = 5, most_whole_digits = 13;
constexpr Amount cent = yuan / 100;

bool has_digits_alone(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Amount> read_amount(std::string_view decimal) {
  const bool is_negative = decimal.starts_with('-');
  if (is_negative || decimal.starts_with('+')) decimal.remove_prefix(1);
  const auto point = decimal.find('.');
  std::string_view whole = decimal.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? "" : decimal.substr(point + 1);
  if (whole.size() + fraction.size() == 0 || !has_digits_alone(whole) || !has_digits_alone(fraction)) return {};
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
  if (whole.size() > most_whole_digits) return {};
  Amount amount = 0;
  for (const char digit : whole) amount = amount * 10 + (digit - '0');
  for (std::size_t i = 0; i < decimals; ++i) amount = amount * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  return is_negative ? -amount : amount;
}

std::string amount_text(Amount amount) {
  const Amount positive = amount < 0 ? -amount : amount;
  std::string fraction = std::to_string(positive % yuan);
  fraction.insert(0, decimals - fraction.size(), '0');
  while (fraction.ends_with('0')) fraction.pop_back();
  return (amount < 0 ? "-" : "") + std::to_string(positive / yuan) + (fraction.empty() ? "" : "." + fraction);
}

Amount share(Amount amount, Amount of, Amount whole) {
  if (whole == 0) return 0;
  return static_cast<Amount>(static_cast<long double>(amount) * static_cast<long double>(of) /
                             static_cast<long double>(whole));
}

Amount to_the_cent(Amount amount) { return (amount + cent / 2) / cent * cent; }

}  // namespace tools::platform

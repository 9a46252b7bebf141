#include "tools/bench/buyers.h"

#include <array>
#include <string_view>

namespace tools::bench {
namespace {

constexpr std::string_view check_digits = "10X98765432";
constexpr std::array<unsigned, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

std::string padded(std::size_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

}  // namespace

std::string buyer_id(std::size_t buyer) {
  constexpr std::size_t serials = 1000;
  const std::size_t one = buyer % most_buyers;
  std::string id = "99" + padded(one / serials, 4) + "19900101" + padded(one % serials, 3);
  unsigned sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights.at(i) * unsigned(id[i] - '0');
  return id + check_digits[sum % check_digits.size()];
}

}  // namespace tools::bench

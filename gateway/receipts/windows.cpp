#include "gateway/receipts/windows.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace gateway::receipts {

namespace {

constexpr int whole_looks_in_overlap = 4;
constexpr int polls_in_a_little = 5;
constexpr std::chrono::seconds least{5};  // a port lists by the second, and its clock is not ours

std::array<std::uint64_t, 2> shortened(std::string_view digest) {
  constexpr std::size_t digits = 16;
  std::array<std::uint64_t, 2> number{};
  for (std::size_t i = 0; i < number.size(); ++i) {
    const std::string_view part = digest.substr(std::min(digest.size(), i * digits), digits);
    std::from_chars(part.data(), part.data() + part.size(), number.at(i), 16);
  }
  return number;
}

}  // namespace

Windows::Windows(std::chrono::milliseconds overlap, std::chrono::milliseconds poll_interval)
    : overlap_(overlap),
      little_(std::min(overlap, std::max<std::chrono::milliseconds>(polls_in_a_little * poll_interval, least))) {}

std::chrono::milliseconds Windows::reach(base::Time now) {
  const bool is_time =
      !looked_whole_ || now < *looked_whole_ || now - *looked_whole_ >= overlap_ / whole_looks_in_overlap;
  is_whole_ = !is_much_ || is_time;
  if (!is_whole_) return little_;
  looked_whole_ = now;
  earlier_ = std::exchange(recent_, {});
  return overlap_;
}

void Windows::listed(std::size_t records) {
  if (is_whole_) is_much_ = records > much;
}

bool Windows::is_kept(std::string_view digest) const {
  const Short number = shortened(digest);
  return recent_.contains(number) || earlier_.contains(number);
}

void Windows::kept(std::string_view digest) { recent_.insert(shortened(digest)); }

}  // namespace gateway::receipts

#include "gateway/dispatch/pace.h"

#include <algorithm>

namespace gateway::dispatch {

namespace {

constexpr std::size_t first_limit = 8;

}  // namespace

Pace::Pace(std::size_t most) : most_(std::max<std::size_t>(most, 1)), limit_(std::min(most_, first_limit)) {}

void Pace::allow(std::size_t most) {
  most_ = std::max<std::size_t>(most, 1);
  limit_ = std::min(limit_, most_);
}

void Pace::confirmed(std::size_t under_way) {
  if (under_way * 2 <= limit_ && limit_ > 1) return;  // what is not used says nothing about more
  if (limit_ >= most_ || ++confirmed_ < limit_) return;
  ++limit_;
  confirmed_ = 0;
}

// Those that were begun before the last cut fail of the same trouble.
void Pace::failed(std::uint64_t delivery) {
  confirmed_ = 0;
  if (delivery <= begun_at_cut_) return;
  limit_ = std::max<std::size_t>(limit_ / 2, 1);
  begun_at_cut_ = begun_;
}

}  // namespace gateway::dispatch

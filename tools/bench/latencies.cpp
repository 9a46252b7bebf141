#include "tools/bench/latencies.h"

#include <algorithm>
#include <cmath>

namespace tools::bench {

Spread Latencies::spread() const {
  if (all_.empty()) return {};
  std::vector<float> sorted = all_;
  std::ranges::sort(sorted);
  const auto rank = [&sorted](double part) {
    return static_cast<double>(
        sorted[static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size()))) - 1]);
  };
  return {sorted.size(), rank(0.5), rank(0.99), static_cast<double>(sorted.back())};
}

}  // namespace tools::bench

#include "gateway/lifecycle/retry.h"

#include <algorithm>
#include <cstdint>

namespace gateway::lifecycle {

std::chrono::milliseconds pause_after(int tries, std::chrono::milliseconds first, double jitter) {
  const std::chrono::milliseconds longest = longest_pause;
  auto pause = std::min(first, longest);
  for (int doubled = 1; doubled < tries && pause < longest; ++doubled) pause = std::min(pause * 2, longest);
  const auto upper_half = static_cast<double>((pause - pause / 2).count());
  return pause / 2 + std::chrono::milliseconds(static_cast<std::int64_t>(upper_half * jitter));
}

std::optional<base::Time> next_try(base::Time first_try, base::Time now, int tries, std::chrono::milliseconds first,
                                   double jitter) {
  if (now - first_try >= tries_end_after) return std::nullopt;
  return now + pause_after(tries, first, jitter);
}

}  // namespace gateway::lifecycle

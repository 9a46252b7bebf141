#include "gateway/lifecycle/retry.h"

#include <algorithm>
#include <cstdint>

namespace gateway::lifecycle {

std::chrono::milliseconds pause_after(int tries, const Pauses& pauses, double jitter) {
  auto pause = std::min(pauses.first, pauses.longest);
  for (int doubled = 1; doubled < tries && pause < pauses.longest; ++doubled) {
    pause = std::min(pause * 2, pauses.longest);
  }
  const auto upper_half = static_cast<double>((pause - pause / 2).count());
  return pause / 2 + std::chrono::milliseconds(static_cast<std::int64_t>(upper_half * jitter));
}

bool tries_are_over(base::Time tried_since, base::Time now) { return now - tried_since >= tries_end_after; }

std::optional<base::Time> next_try(base::Time tried_since, base::Time now, int tries, std::chrono::milliseconds first,
                                   double jitter) {
  if (tries_are_over(tried_since, now)) return std::nullopt;
  return now + pause_after(tries, {first}, jitter);
}

}  // namespace gateway::lifecycle

// When to try again. Pure: the jitter comes from the caller.
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"

namespace gateway::lifecycle {

inline constexpr std::chrono::seconds first_pause{5};
inline constexpr std::chrono::hours longest_pause{1};
inline constexpr std::chrono::hours tries_end_after{24 * 5};

struct Pauses {
  std::chrono::milliseconds first, longest = longest_pause;
};

// The pause after try number `tries` (from 1): doubles from the first up to the longest, spread by jitter in [0, 1)
// over the upper half of it.
std::chrono::milliseconds pause_after(int tries, const Pauses& pauses, double jitter);

bool tries_are_over(base::Time tried_since, base::Time now);

// When the next try is due; nothing once `tries_end_after` has passed since the first.
std::optional<base::Time> next_try(base::Time tried_since, base::Time now, int tries, std::chrono::milliseconds first,
                                   double jitter);

}  // namespace gateway::lifecycle

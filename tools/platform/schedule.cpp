#include "tools/platform/schedule.h"

#include <algorithm>

namespace tools::platform {

std::vector<Due> schedule(std::size_t steps, base::Time start, std::chrono::milliseconds pace,
                          const Triggers& triggers) {
  std::vector<Due> dues;
  const base::Time last = start + pace * std::chrono::milliseconds::rep(steps);
  for (std::size_t i = 0; i < steps; ++i) {
    const base::Time returned = start + pace * std::chrono::milliseconds::rep(i + 1);
    const base::Time ready =
        triggers.backwards ? last + pace * std::chrono::milliseconds::rep(steps - 1 - i) : returned;
    dues.push_back({i, returned, ready + triggers.late});
    if (triggers.twice)
      dues.push_back({i, returned, ready + triggers.late + std::max(pace / 2, std::chrono::milliseconds(1))});
  }
  return dues;
}

}  // namespace tools::platform

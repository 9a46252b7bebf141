#include "tools/platform/schedule.h"

#include <algorithm>
#include <numeric>

namespace tools::platform {

std::vector<Due> schedule(std::span<const std::chrono::milliseconds> pauses, base::Time start,
                          const Triggers& triggers) {
  std::vector<Due> dues;
  const base::Time last = std::accumulate(pauses.begin(), pauses.end(), start);
  base::Time returned = start;
  for (std::size_t i = 0; i < pauses.size(); ++i) {
    returned += pauses[i];
    const base::Time ready = triggers.backwards ? last + (last - returned) : returned;
    dues.push_back({i, returned, ready + triggers.late});
    if (triggers.twice) {
      dues.push_back({i, returned, ready + triggers.late + std::max(pauses[i] / 2, std::chrono::milliseconds(1))});
    }
  }
  return dues;
}

}  // namespace tools::platform

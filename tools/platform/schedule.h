// When the receipts of a document were made and when they can be fetched: evenly spaced, unless triggers say otherwise.
// Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "base/clock.h"
#include "tools/platform/triggers.h"

namespace tools::platform {

struct Due {
  std::size_t step = 0;    // which of the steps, from 0
  base::Time returned_at;  // returnTime
  base::Time received_at;  // from then on a listing shows it
};

std::vector<Due> schedule(std::size_t steps, base::Time start, std::chrono::milliseconds pace,
                          const Triggers& triggers);

}  // namespace tools::platform

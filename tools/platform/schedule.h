// When the receipts of a document were made and when they can be fetched, unless triggers say otherwise. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "base/clock.h"
#include "tools/platform/triggers.h"

namespace tools::platform {

struct Due {
  std::size_t step = 0;    // which of the steps, from 0
  base::Time returned_at;  // returnTime
  base::Time received_at;  // from then on a listing shows it
};

// pauses: before each step, since what came before it.
std::vector<Due> schedule(std::span<const std::chrono::milliseconds> pauses, base::Time start,
                          const Triggers& triggers);

}  // namespace tools::platform

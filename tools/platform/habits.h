// How this run of the simulator goes about its work, whatever it is sent. Plain data.
#pragma once

#include <chrono>
#include <string>

#include "tools/platform/decision.h"

namespace tools::platform {

struct Habits {
  std::chrono::milliseconds pace{200};  // between receipts
  std::string seed{};                   // of numbers, guids and pauses; empty: every pause is the pace
  UnknownInventories unknown_inventories = UnknownInventories::accepted;
};

}  // namespace tools::platform

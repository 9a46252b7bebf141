// What a look at the ledger came to.
#pragma once

#include <optional>

#include "base/clock.h"

namespace gateway::dispatch {

struct Progress {
  bool made = false;                     // look again at once
  std::optional<base::Time> again = {};  // else not later than this, though nobody rings
};

}  // namespace gateway::dispatch

// What can be seen of any port, by its profile, without sending, taking or changing anything there (ADR 0040).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels::kinds {

// For the DXPIDs that use it. Opens no channel: a channel takes what is there. Throws for a profile that is none.
// Blocks, about `longest` for each question; from any thread.
View look_at(config::Port port, const std::vector<std::string>& dxp_ids, std::chrono::milliseconds longest);

}  // namespace gateway::channels::kinds

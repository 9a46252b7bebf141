// What can be seen of what a port has agreed on with its partner: whether its files can be used now.
#pragma once

#include <vector>

#include "config/agreement.h"
#include "gateway/channels/view.h"

namespace gateway::channels::agreements {

// Opens keys and certificates as the channel does. Reads small files; any thread.
std::vector<Sighting> look_at(const config::Agreement& agreement);

}  // namespace gateway::channels::agreements

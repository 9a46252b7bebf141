// Whether somebody listens at an address, for ports that show nothing more of the partner without a message.
#pragma once

#include <chrono>
#include <string>

#include "gateway/channels/view.h"

namespace gateway::channels {

// url: SCHEME://HOST[:PORT]…, where PORT is left out the one that the scheme has by custom. Opens a connection and
// closes it. Blocks, no longer than `longest`.
Sighting look_at_address(const std::string& url, std::chrono::milliseconds longest);

}  // namespace gateway::channels

// What can be seen of a port by folders: whether both are there for each DXPID and may be read and written. Files in
// them are neither read nor moved, and none is made. Calls block.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels::directory {

View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids);

}  // namespace gateway::channels::directory

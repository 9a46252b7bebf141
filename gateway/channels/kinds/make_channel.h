// The channel of any port, by its profile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::kinds {

// `dxp_ids`: of the enterprises that use the port. Throws std::invalid_argument for a profile that the settings do not
// let through. The port outlives the channel.
std::unique_ptr<Channel> make_channel(const config::Port& port, const std::vector<std::string>& dxp_ids);

}  // namespace gateway::channels::kinds

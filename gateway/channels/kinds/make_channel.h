// The channel of any port, by its profile.
#pragma once

#include <memory>

#include "config/settings.h"
#include "gateway/channels/channel.h"

namespace gateway::channels::kinds {

// Throws std::invalid_argument for a profile that the settings do not let through. The port outlives the channel.
std::unique_ptr<Channel> make_channel(const config::Port& port);

}  // namespace gateway::channels::kinds

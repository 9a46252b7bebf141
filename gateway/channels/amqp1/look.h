// What can be seen of a peer over AMQP 1.0: login, and the addresses, by links that are attached without credit and
// closed. Nothing is sent, nothing comes, and no address is asked for that the peer would make.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels::amqp1 {

// On one connection. Blocks, no longer than the port's timeout for the login and as long for all addresses.
View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids);

}  // namespace gateway::channels::amqp1

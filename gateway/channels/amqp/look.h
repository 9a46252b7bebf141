// What can be seen of a broker over AMQP 0-9-1: login, and by passive declares (0-9-1 §1.7.2.1) exchange and queues.
// Nothing is published or consumed, so no receipt is taken from a gateway that runs, and none counts as redelivered.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels::amqp {

// On one connection. Blocks, no longer than the port's timeout for each question.
View look_at(const config::Port& port, const std::vector<std::string>& dxp_ids);

}  // namespace gateway::channels::amqp

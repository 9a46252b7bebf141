// What can be seen of a port over AS2: the agreement's files, the partner's address, and whether our listener's address
// and TLS files would do. Nothing is posted, and nobody who calls meanwhile is let in.
#pragma once

#include "config/settings.h"
#include "gateway/channels/view.h"

namespace gateway::channels::as2 {

// Blocks, no longer than the port's timeout.
View look_at(const config::Port& port);

}  // namespace gateway::channels::as2

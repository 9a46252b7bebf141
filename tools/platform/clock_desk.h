// POST /_clock?advance=SECONDS: puts the simulator's clock ahead; answers {"ahead":SECONDS} of all together. Only where
// the listener is on loopback. The clock outlives it.
#pragma once

#include <string>

#include "gateway/http/router.h"
#include "tools/platform/settable_clock.h"

namespace tools::platform {

bool is_loopback(const std::string& host);
void add_clock_route(gateway::http::Router& router, SettableClock& clock);

}  // namespace tools::platform

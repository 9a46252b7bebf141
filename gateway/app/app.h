// The gateway as a whole: builds the parts in order, runs until SIGTERM or SIGINT, stops them in reverse order.
#pragma once

#include "base/result.h"
#include "config/settings.h"

namespace gateway::app {

// Prints `listening on http://HOST:PORT` as the first line on stdout when everything is ready. Comes back after the
// stop; faults: what kept it from starting (keys, schemas, ledger, address), each with what to do.
base::Done serve(const config::Settings& settings);

}  // namespace gateway::app

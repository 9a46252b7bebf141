// Ends a message whose time to be tried is over while nothing goes to its port: its documents are held. Blocks.
#pragma once

#include "base/clock.h"
#include "gateway/ledger/ledger.h"

namespace gateway::dispatch {

// False: its time is not over, or none of its documents could be held.
bool lapse(ledger::Ledger& ledger, const ledger::DueMessage& message, base::Time now);

}  // namespace gateway::dispatch

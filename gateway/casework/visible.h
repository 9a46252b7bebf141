// The document that a call is about, if its caller may see it, and the act that is written of what the caller does.
// Blocks: it asks the ledger.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "gateway/http/tokens.h"
#include "gateway/ledger/ledger.h"

namespace gateway::casework {

std::optional<ledger::Summary> visible(ledger::Ledger& ledger, const http::Caller& caller, const std::string& id);

ledger::Act act_of(const http::Caller& caller, ledger::ActKind kind, const ledger::Summary& document,
                   std::string reason, base::Time now);

}  // namespace gateway::casework

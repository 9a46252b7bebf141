// What the ledger is to keep of a candidate that has been filled in. Pure.
#pragma once

#include <string>

#include "gateway/intake/candidate.h"
#include "gateway/ledger/records.h"

namespace gateway::intake {

// by: the client; reason: why, where there is something to say.
ledger::NewVersion new_version(const Candidate& candidate, const std::string& by, const std::string& reason);

}  // namespace gateway::intake

// "***" that a page has shown in place of personal data and that comes back in what is posted. Pure.
#pragma once

#include "gateway/intake/candidate.h"

namespace gateway::intake {

// In an amendment it stands for what the newest version says.
void unmask(Candidate& candidate, const ledger::Standing& newest);
// Elsewhere nobody knows what it stands for, and it must not reach customs.
void refuse_masked(Candidate& candidate);

}  // namespace gateway::intake

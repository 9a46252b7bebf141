// Holds the chain's entries against each other and against what they rest on.
#pragma once

#include "gateway/evidence/findings.h"
#include "gateway/ledger/evidence_book.h"

namespace gateway::evidence {

// evidence.versions, evidence.chain, evidence.state, evidence.old (a warning).
void check_chain(const ledger::Evidence& evidence, Findings& findings);

// evidence.ground: what an entry names is not there, or is another; evidence.unproven: something is there that no entry
// names; evidence.unknown (a warning): an entry rests on what this program does not know.
void check_grounds(const ledger::Evidence& evidence, Findings& findings);

}  // namespace gateway::evidence

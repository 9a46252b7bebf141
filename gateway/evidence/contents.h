// Holds requests and messages against each other: content, guid, document, envelope, signature.
#pragma once

#include <vector>

#include "gateway/evidence/check.h"
#include "gateway/evidence/findings.h"

namespace gateway::evidence {

// evidence.content: a request is not the content or the version that it should be; evidence.message: a message is not
// the one of its guid, or does not carry the document; evidence.envelope; evidence.signature beside the faults of
// signing::verify. Gives what was found of each signature.
std::vector<CheckedMessage> check_contents(const ledger::Evidence& evidence, const schemas::Catalog& catalog,
                                           const signing::VerifyTerms& terms, Findings& findings);

}  // namespace gateway::evidence

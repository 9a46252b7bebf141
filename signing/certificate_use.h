// Judges a signature's certificate apart from the signature: its chain to the configured roots, dates, key usage,
// revocation, and whose company it is. Without roots what it finds is a warning. Safe from every thread.
#pragma once

#include "signing/steps.h"
#include "signing/verify.h"

namespace signing {

// `result` has the certificate. The steps chain, dates, key-usage, revocation and company.
void judge_certificate_use(const VerifyTerms& terms, const Verification& result, Steps& steps);

}  // namespace signing

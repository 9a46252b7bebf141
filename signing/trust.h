// What a Trust holds, and the judgement of a chain against it. Safe from every thread.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "signing/openssl_handles.h"
#include "signing/revocation.h"
#include "signing/verify.h"

namespace signing {

struct Trust::Store {
  Handle<X509_STORE> certificates;
  RevocationLists revocation_lists;
};

struct ChainVerdict {
  bool trusted = false;                    // whatever the dates say
  bool within_dates = true;                // of every certificate in the chain
  std::string reason;                      // OpenSSL's words where not trusted
  std::vector<Handle<X509>> certificates;  // from the one judged to its anchor, where trusted
};

ChainVerdict judge_chain(const Trust::Store& store, X509* certificate, base::Time now);

}  // namespace signing

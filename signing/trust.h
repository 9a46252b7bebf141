// What a Trust holds, and the judgement of a chain against it. Safe from every thread.
#pragma once

#include <string>

#include "base/clock.h"
#include "signing/openssl_handles.h"
#include "signing/verify.h"

namespace signing {

struct Trust::Store {
  Handle<X509_STORE> certificates;
};

struct ChainVerdict {
  bool trusted = false;      // whatever the dates say
  bool within_dates = true;  // of every certificate in the chain
  std::string reason;        // OpenSSL's words where not trusted
};

ChainVerdict judge_chain(const Trust::Store& store, X509* certificate, base::Time now);

}  // namespace signing

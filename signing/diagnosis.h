// Why a signature does not hold: what digest_search and value_search find, put together, so that each mistake is told
// once. A document belongs to one thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signing/cause.h"
#include "signing/digest_search.h"
#include "signing/signature_shape.h"

namespace signing {

struct FailedSignature {
  std::string_view xml;
  const SignatureShape& shape;
  const Dialect& dialect;
  std::string_view canonical_document, canonical_signed_info;
  bool digest_fits, value_fits;
  EVP_PKEY* key;  // null: of another kind than the dialect wants, so that nothing can be said of the value
  std::vector<std::string> user_ids;
};

struct Diagnosis {
  std::vector<Cause> of_digest;
  std::vector<Cause> of_value;        // how SignatureValue is written
  std::vector<Cause> of_signed_info;  // what was signed instead
  bool value_was_found = false;       // by the key, over something known
};

Diagnosis diagnose(const FailedSignature& failed);

}  // namespace signing

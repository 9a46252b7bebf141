// The algorithms that a message is in fact well signed with, where its URIs are those of no accepted dialect; and what
// the URIs should be. Safe from every thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "signing/cause.h"
#include "signing/dialect.h"
#include "signing/openssl_handles.h"

namespace signing {

struct Algorithms {
  SignatureAlgorithm signature;
  DigestAlgorithm digest;
};

struct SignedBytes {
  std::string_view document, signed_info;          // canonical
  std::string_view digest_value, signature_value;  // as written
};

// Nothing where none of ours fits both values.
std::optional<Algorithms> proven_algorithms(EVP_PKEY* key, const SignedBytes& signed_bytes);

// The cause wrong-algorithm: what the message is signed with, and what it should say or be signed with instead.
Cause wrong_uris(const Algorithms& proven, std::span<const Dialect> accepted);
Cause other_dialect(const Dialect& found, const Dialect& expected);

}  // namespace signing

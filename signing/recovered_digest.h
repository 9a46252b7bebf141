// What a key has signed, read back out of the value: so a value is compared with any number of guesses for the price of
// one verification. Safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/openssl_handles.h"

namespace signing {

// SM2: e (GM/T 0003.2-2012 §7.1: R = e + x1), 32 bytes, from r and s, 64 bytes. RSA: what PKCS#1 v1.5 has padded, a
// DigestInfo as a rule. Nothing where the value cannot be this key's.
std::optional<std::string> recovered_digest(EVP_PKEY* key, std::string_view value);

}  // namespace signing

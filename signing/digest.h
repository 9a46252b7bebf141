// The digests that signatures need, over bytes (OpenSSL). Safe from every thread.
#pragma once

#include <initializer_list>
#include <openssl/evp.h>
#include <string>
#include <string_view>

#include "signing/dialect.h"

namespace signing {

std::string digest_of(DigestAlgorithm algorithm, std::string_view bytes);  // the bytes, 20 or 32
std::string digest_of(DigestAlgorithm algorithm, std::initializer_list<std::string_view> pieces);

// e = SM3(ZA ‖ M), 32 bytes: what a device signs that takes a digest (GM/T 0003.2-2012 §6.1, §5.5 for ZA). Empty where
// the key is not SM2.
std::string sm2_digest(const EVP_PKEY* public_key, std::string_view bytes, std::string_view user_id);

}  // namespace signing

// Checks the bytes of a SignatureValue with OpenSSL, and turns SM2 values between their two forms: r and s, 64 bytes,
// as customs has them, and the DER SEQUENCE of both (GM/T 0009-2012 §7.3). Safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/dialect.h"
#include "signing/openssl_handles.h"

namespace signing {

inline constexpr std::size_t sm2_value_size = 64;

std::optional<KeyKind> kind_of(const EVP_PKEY* key);  // nothing for a kind that customs does not know
const EVP_MD* message_digest(SignatureAlgorithm algorithm);

// value: for SM2 the 64 bytes.
bool value_fits(EVP_PKEY* key, SignatureAlgorithm algorithm, std::string_view bytes, std::string_view value,
                std::string_view sm2_user_id = customs_user_id);
// Likewise for SM2 over e = SM3(ZA ‖ M) itself, 32 bytes.
bool sm2_value_fits_digest(EVP_PKEY* key, std::string_view digest, std::string_view value);

// Nothing where the bytes are no SEQUENCE of two numbers of at most 32 bytes.
std::optional<std::string> sm2_value_of_der(std::string_view der);
std::string der_of_sm2_value(std::string_view value);  // empty for a value that has not 64 bytes

}  // namespace signing

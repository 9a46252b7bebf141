// Makes and checks the bytes of a SignatureValue with OpenSSL: r and s, 64 bytes, for SM2 with SM3 (GM/T 0009-2012);
// PKCS#1 v1.5 with SHA-1 for RSA. Safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/dialect.h"
#include "signing/openssl_handles.h"

namespace signing {

inline constexpr std::size_t sm2_value_size = 64;

std::optional<KeyKind> kind_of(const EVP_PKEY* key);  // nothing for a kind that customs does not know

std::optional<std::string> make_value(EVP_PKEY* key, KeyKind kind, std::string_view bytes);
bool value_fits(EVP_PKEY* key, KeyKind kind, std::string_view bytes, std::string_view value,
                std::string_view sm2_user_id = customs_user_id);

// The 64 bytes of an SM2 value that was written as a DER SEQUENCE of r and s; nothing for anything else.
std::optional<std::string> sm2_value_of_der(std::string_view der);

}  // namespace signing

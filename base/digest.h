// Message digests over bytes, with a key too (OpenSSL). Safe from every thread.
#pragma once

#include <string>
#include <string_view>

namespace base {

std::string sm3(std::string_view bytes);                                // 32 bytes (GM/T 0004-2012)
std::string hex(std::string_view bytes);                                // lower case
std::string sha256(std::string_view bytes);                             // 32 bytes (FIPS 180-4)
std::string sha256_hex(std::string_view bytes);                         // 64 characters, lower case
std::string hmac_sha256(std::string_view key, std::string_view bytes);  // 32 bytes (RFC 2104)

}  // namespace base

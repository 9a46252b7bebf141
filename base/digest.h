// Message digests over bytes (OpenSSL). Safe from every thread.
#pragma once

#include <string>
#include <string_view>

namespace base {

std::string sha256_hex(std::string_view bytes);  // 64 characters, lower case

}  // namespace base

// What lets in whoever has it: 32 random bytes in hexadecimal. The ledger keeps SHA-256 of it. Throws
// std::runtime_error where the system gives no random bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gateway::accounts {

inline constexpr std::size_t secret_bytes = 32;

std::string random_bytes(std::size_t count);
std::string new_secret_word();
bool is_secret_word(std::string_view text);  // by its form

}  // namespace gateway::accounts

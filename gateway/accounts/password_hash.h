// Passwords as the ledger keeps them: scrypt (RFC 7914) with a salt of its own and its costs beside it,
// "scrypt$LOG2N$R$P$SALT$KEY". Each call takes a quarter of a second and 32 MiB: run it on a pool.
#pragma once

#include <string>
#include <string_view>

namespace gateway::accounts {

std::string hash_password(std::string_view password);
// In constant time. False as well where the hash cannot be read.
bool is_password(std::string_view hash, std::string_view password);
bool has_other_costs(std::string_view hash);  // than a new one would have
// No password has it; to ask of it takes as long as of another.
const std::string& hash_of_nobody();

}  // namespace gateway::accounts

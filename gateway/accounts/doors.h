// What closes for a while where a sign-in is tried in vain: the name for all addresses, the address for all names.
// Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/ledger/accounts_book.h"

namespace gateway::accounts {

// The fifth try in vain closes a name for half a minute, the next ones each for twice as long, up to an hour. Behind an
// address several persons may sit: there it begins with the twentieth.
inline constexpr std::int64_t first_closing_of_name = 5, first_closing_of_address = 20;
inline constexpr std::chrono::seconds first_pause{30};
inline constexpr std::chrono::hours longest_pause{1};

std::chrono::milliseconds pause_after(std::int64_t tries, std::int64_t first_closing);

// The ledger is not told the name: people type passwords there.
ledger::Door door_of_name(std::string_view name);
ledger::Door door_of_address(const std::string& address);  // of IPv6 the network of 64 bits

}  // namespace gateway::accounts

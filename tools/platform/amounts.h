// Amounts of money as customs writes them (N19,5), in hundred-thousandths of a yuan. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tools::platform {

using Amount = std::int64_t;
inline constexpr Amount yuan = 100'000;

// Nothing for what is no decimal, or has over 13 digits before the point. Digits behind the fifth are let go.
std::optional<Amount> read_amount(std::string_view decimal);
std::string amount_text(Amount amount);  // 26013.5, without needless zeros

Amount share(Amount amount, Amount of, Amount whole);  // amount · of / whole, rounded down; 0 of nothing
Amount to_the_cent(Amount amount);                     // rounded half up

}  // namespace tools::platform

// Invented buyers, a different one for each sale: one alone would soon be over the annual limit of retail import.
// Pure.
#pragma once

#include <cstddef>
#include <string>

namespace tools::bench {

inline constexpr std::size_t most_buyers = 10'000'000;  // then the first comes again

// An identity number of the invented region 99 with its check digit (GB 11643).
std::string buyer_id(std::size_t buyer);

}  // namespace tools::bench

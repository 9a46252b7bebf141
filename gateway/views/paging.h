// Lists that come a page at a time: how many rows, and the cursor of the page before. A cursor goes out with a few
// digits of its digest, so that one that is damaged is told from the end of the list. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "gateway/views/parameters.h"

namespace gateway::views {

inline constexpr std::int64_t most_rows = 1000;
inline constexpr std::int64_t default_rows = 100;

std::size_t read_limit(Parameters& parameters);  // the parameter "limit"

std::string outgoing_cursor(const std::string& cursor);
// The parameter "cursor" as the ledger gave it; empty where it is absent, and where it was refused.
std::string read_cursor(Parameters& parameters);

}  // namespace gateway::views

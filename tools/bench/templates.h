// The posts of tools/bench/documents by type, with {number}, {shop}, {payer}, {carrier} and {today} to be filled in.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace tools::bench {

const std::map<std::string, std::string, std::less<>>& templates();

}  // namespace tools::bench

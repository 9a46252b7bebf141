// What the program answers to the shell.
#pragma once

#include <algorithm>

namespace tools::cebgate {

enum class Exit { good = 0, fault = 1, unusable = 2 };  // the input has a fault; usage or environment

inline Exit worse(Exit a, Exit b) { return std::max(a, b); }

}  // namespace tools::cebgate

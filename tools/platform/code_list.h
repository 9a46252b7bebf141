// What --codes prints: every code that the simulator answers by itself with its types, occasions and text, then those
// of table 7-2 that it does not, with the reason. Tab separated. Pure.
#pragma once

#include <string>

#include "tools/platform/rulebook.h"

namespace tools::platform {

std::string code_list(const Rulebook& rules);

}  // namespace tools::platform

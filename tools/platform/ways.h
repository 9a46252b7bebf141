// The statuses that a document goes through: the usual ones, those that lead to a final status, or those that a trigger
// names. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/platform/rulebook.h"
#include "tools/platform/step.h"

namespace tools::platform {

inline constexpr std::size_t most_statuses = 20;  // that a trigger may name

// A status, or several with pauses before them: "300", "2,120@30,300,399,800".
bool is_way(std::string_view words);

// Without texts. Of one status: what leads to it; 100 comes after 2, a negative one alone, 899 after 800, what is
// detained or handed over after its inspection.
std::vector<Step> way_to(const Treatment& treatment, std::string_view words);

}  // namespace tools::platform

// What stands in README.txt beside the files of the evidence: what each one is and how it is checked, in Chinese and
// English.
#pragma once

#include <string_view>

namespace gateway::evidence {

std::string_view readme_text();

}  // namespace gateway::evidence

// The results as JSON: every field under its name, times as RFC 3339 or null, the bytes as the names of their files in
// the evidence. Pure.
#pragma once

#include <string>

#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

std::string results_json(const RunResult& run);  // ends with a line break

}  // namespace tools::jointtest::report

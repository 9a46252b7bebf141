// The run as JUnit XML, as Jenkins and GitLab read it: a suite for the plan, a test case for each case. Pure.
#pragma once

#include <string>

#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

// A case that was not come to is an error there: a run that was cut off is no success.
std::string junit_xml(const RunResult& run);

}  // namespace tools::jointtest::report

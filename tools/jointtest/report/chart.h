// The answer times as one SVG drawing: for each type three bars as long as the medians, with a line to the longest
// time, on one axis from zero. It is inline in the page and takes colours and languages from its style. Pure.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "schemas/catalog.h"
#include "tools/jointtest/report/answer_times.h"

namespace tools::jointtest::report {

// At least one type.
std::string chart_svg(const std::vector<TypeTimes>& times, const schemas::Catalog& catalog);

// The distance of the axis' marks, so that at most six of them reach the longest time.
std::chrono::milliseconds step_of_axis(std::chrono::milliseconds longest);

}  // namespace tools::jointtest::report

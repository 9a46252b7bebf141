// report.css and report.js, which are part of the program.
#pragma once

#include <string_view>

namespace tools::jointtest::report {

std::string_view style();
std::string_view script();

}  // namespace tools::jointtest::report

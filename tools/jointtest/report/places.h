// The ids of what the page links to, counted from 1 by their place in the run. Pure.
#pragma once

#include <cstddef>
#include <string>

namespace tools::jointtest::report {

inline std::string id_of_case(std::size_t index) { return "case-" + std::to_string(index + 1); }
inline std::string id_of_step(std::size_t case_index, std::size_t step) {
  return id_of_case(case_index) + "-step-" + std::to_string(step + 1);
}
inline std::string id_of_message(std::size_t case_index, std::size_t message) {
  return id_of_case(case_index) + "-message-" + std::to_string(message + 1);
}

}  // namespace tools::jointtest::report

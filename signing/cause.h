// What is likely to be the matter with a signature that does not hold: a name for programs, a sentence for people. The
// names are listed in docs/formats/verification.md. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signing {

struct Cause {
  std::string name;
  std::string zh, en;
};

// What a cause's sentence leaves open, in both languages.
struct CauseDetail {
  std::string zh, en;
};

// Throws std::logic_error for a name that is not in the list.
Cause cause_named(std::string_view name, const CauseDetail& detail = {});
std::vector<std::string> cause_names();

}  // namespace signing

// One thing that is said of a document, and how long after what was said before. Plain data.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace tools::platform {

struct Step {
  std::string status, info;                        // returnStatus, returnInfo
  std::optional<std::chrono::seconds> after = {};  // nothing: as the pace has it
};

}  // namespace tools::platform

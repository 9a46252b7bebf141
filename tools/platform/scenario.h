// A scenario file (docs/formats/scenario.md): lines of a key pattern, a tab, triggers and, behind another tab, a text.
// The first line that fits a document's key takes the place of what the document's own number tells. Faults:
// scenario.read, scenario.form with lines.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tools/platform/triggers.h"

namespace tools::platform {

class Scenario {
 public:
  Scenario() = default;  // nothing but what the numbers tell
  static base::Result<Scenario> read(const std::filesystem::path& file);
  static base::Result<Scenario> parse(std::string_view text);

  Triggers triggers(std::string_view key, std::string_view number) const;

 private:
  struct Line {
    std::string pattern;  // '*' stands for any characters, '?' for one
    Triggers triggers;
  };
  std::vector<Line> lines_;
};

inline constexpr std::size_t most_scenario_lines = 10000;

}  // namespace tools::platform

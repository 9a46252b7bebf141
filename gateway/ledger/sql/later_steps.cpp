#include "gateway/ledger/sql/later_steps.h"

#include <array>
#include <utility>

namespace gateway::ledger::sql {

namespace {

constexpr std::array<std::string_view, 0> steps{};

}  // namespace

std::span<const std::string_view> later_steps() { return steps; }

std::string written_for(const DatabaseTypes& types, std::string_view step) {
  std::string written(step);
  for (const auto& [name, type] : {std::pair<std::string_view, std::string_view>{"{identity}", types.identity},
                                   std::pair<std::string_view, std::string_view>{"{bytes}", types.bytes}}) {
    for (auto at = written.find(name); at != std::string::npos; at = written.find(name, at)) {
      written.replace(at, name.size(), type);
    }
  }
  return written;
}

}  // namespace gateway::ledger::sql

// What persons have ordered of one port, as its loop obeys it; on the I/O thread.
#pragma once

#include <cstddef>
#include <optional>

namespace gateway::dispatch {

struct PortRule {
  bool is_paused = false;
  std::optional<std::size_t> most_at_once;  // instead of what the settings say
  bool operator==(const PortRule&) const = default;
};

}  // namespace gateway::dispatch

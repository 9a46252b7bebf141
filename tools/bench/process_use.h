// What a process has used so far, from /proc or from the gateway's own measures. Nothing where it cannot be told.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <sys/types.h>

namespace tools::bench {

struct Use {
  double cpu_seconds = 0;
  std::size_t memory_bytes = 0;  // resident
};

std::optional<Use> use_of(pid_t process);
std::optional<Use> use_in_metrics(std::string_view text);  // process_cpu_seconds_total, process_resident_memory_bytes
double own_cpu_seconds();

}  // namespace tools::bench

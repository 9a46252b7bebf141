// What the machine gives against what the settings need. Pure.
#pragma once

#include <cstdint>

#include "config/settings.h"
#include "tools/cebgate/doctor/finding.h"

namespace tools::cebgate::doctor {

Finding judged_room(const Words& subject, std::uintmax_t free_bytes);

// Files and connections that a gateway has open at the same time: with few calls at its door, and with as many as the
// door takes.
struct OpenFiles {
  std::uint64_t least = 0, most = 0;
};
OpenFiles open_files_of(const config::Settings& settings);
Finding judged_open_files(const OpenFiles& needed, std::uint64_t limit);

}  // namespace tools::cebgate::doctor

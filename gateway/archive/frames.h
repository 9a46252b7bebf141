// One line as a frame of its own (zstd, RFC 8878, with a checksum): frames one after the other are a file that
// `zstd -d` reads as lines. Pure; safe from every thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace gateway::archive {

std::string frame_of(std::string_view line);
// Faults: archive.damaged.
base::Result<std::string> line_in(std::string_view frame);

}  // namespace gateway::archive

// What the build of the pages left, as it lies in the program: written by embed.py. Static; any thread.
#pragma once

#include <span>
#include <string_view>

namespace gateway::console {

struct BuiltFile {
  std::string_view path;  // below /console/
  std::string_view media_type;
  std::string_view digest;  // hexadecimal, of `plain`
  std::string_view plain;
  std::string_view gzip;  // empty where it would be no smaller
};

std::span<const BuiltFile> built_files();  // empty: built without node

}  // namespace gateway::console

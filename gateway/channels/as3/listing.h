// What an FTP server answers to LIST, as Unix programs or IIS write it: RFC 959 leaves the form open, and MLSD is not
// everywhere. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace gateway::channels::as3 {

struct Listed {
  std::string name;
  std::uint64_t bytes = 0;
  std::string written;  // when, in the server's words

  bool operator==(const Listed&) const = default;
};

// Plain files alone, in the order of their names. Fault: as3.listing (a line that cannot be read).
base::Result<std::vector<Listed>> read_listing(std::string_view text);

// Begins with a dot or ends in .tmp: whoever writes it gives it its name when it is whole.
bool is_temporary(std::string_view name);

}  // namespace gateway::channels::as3

// Files that are for their owner alone: keys, PINs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace base {

// The command that takes from group and others what they may do with the file; nothing where that is nothing, or where
// there is no such file.
std::optional<std::string> command_to_protect(const std::filesystem::path& file);

}  // namespace base

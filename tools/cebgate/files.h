// Whole files, under a limit. Faults: file.read, file.size, file.write, in words that name the file's trouble.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/xml.h"

namespace tools::cebgate {

inline constexpr std::size_t file_limit_bytes = base::XmlLimits{}.bytes;

inline constexpr std::string_view too_large = "file.size";

base::Result<std::string> read_file(const std::filesystem::path& file, std::size_t limit_bytes = file_limit_bytes);
base::Done write_file(const std::filesystem::path& file, std::string_view text);

// The text without a byte order mark at its head.
std::string_view without_bom(std::string_view text);

}  // namespace tools::cebgate

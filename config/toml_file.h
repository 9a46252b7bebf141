// A TOML file as one table, for readers of config/table_reader.h. Faults: settings.file, settings.syntax with its line.
#pragma once

#include <filesystem>
#include <toml++/toml.h>

#include "base/result.h"

namespace config {

base::Result<toml::table> read_toml(const std::filesystem::path& file);

}  // namespace config

// What several sections of the settings check alike: words of a list, paths. Every fault is told to the reader.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "config/table_reader.h"

namespace config {

void complain_value(TableReader& reader, std::string_view key, const std::string& given, const std::string& zh,
                    const std::string& en);
void require_one_of(TableReader& reader, std::string_view key, const std::string& given,
                    std::span<const std::string_view> allowed);

std::filesystem::path absolute(const std::filesystem::path& folder, const std::string& path);
// The path in "file:PATH" or a bare path; another scheme is a fault.
std::filesystem::path file_path(TableReader& reader, std::string_view key, const std::string& given,
                                const std::filesystem::path& folder);

std::optional<std::filesystem::path> optional_file(TableReader& reader, std::string_view key,
                                                   const std::filesystem::path& folder);
// A secret's reference; the path of a file in it is absolute.
std::string absolute_secret(const std::string& reference, const std::filesystem::path& folder);
// HOST:PORT, where the key is there.
void read_address(TableReader& reader, std::string_view key, std::string& host, unsigned short& port);
// Of the standard ones and the site's own; empty where none is given.
std::string dialect_name(TableReader& reader, const std::vector<Dialect>& own);

}  // namespace config

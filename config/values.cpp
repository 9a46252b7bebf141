#include "config/values.h"

#include <algorithm>
#include <charconv>

namespace config {

void complain_value(TableReader& reader, std::string_view key, const std::string& given, const std::string& zh,
                    const std::string& en) {
  reader.complain(key, "settings.value", "“" + given + "” 不可用；允许：" + zh + "。",
                  "\"" + given + "\" is not allowed; allowed: " + en + ".");
}

void require_one_of(TableReader& reader, std::string_view key, const std::string& given,
                    std::span<const std::string_view> allowed) {
  if (std::ranges::find(allowed, given) != allowed.end()) return;
  std::string list;
  for (const std::string_view word : allowed) list.append(list.empty() ? "" : ", ").append(word);
  complain_value(reader, key, given, list, list);
}

std::filesystem::path absolute(const std::filesystem::path& folder, const std::string& path) {
  return (folder / path).lexically_normal();
}

std::filesystem::path file_path(TableReader& reader, std::string_view key, const std::string& given,
                                const std::filesystem::path& folder) {
  constexpr std::string_view scheme = "file:";
  if (given.starts_with(scheme)) return absolute(folder, given.substr(scheme.size()));
  if (given.find(':') != std::string::npos) {
    complain_value(reader, key, given, "file:路径", "file:PATH");
  }
  return absolute(folder, given);
}

std::optional<std::filesystem::path> optional_file(TableReader& reader, std::string_view key,
                                                   const std::filesystem::path& folder) {
  const auto given = reader.text(key);
  if (!given) return std::nullopt;
  return file_path(reader, key, *given, folder);
}

// A secret's file starts, like every other, where the settings are.
std::string absolute_secret(const std::string& reference, const std::filesystem::path& folder) {
  constexpr std::string_view scheme = "file:";
  if (!reference.starts_with(scheme) || reference.size() == scheme.size()) return reference;
  return std::string(scheme) + absolute(folder, reference.substr(scheme.size())).string();
}

void read_address(TableReader& reader, std::string_view key, std::string& host, unsigned short& port) {
  const auto given = reader.text(key);
  if (!given) return;
  const auto colon = given->rfind(':');
  unsigned number = 0;
  bool good = colon != std::string::npos && colon > 0;
  if (good) {
    const char* end = given->data() + given->size();
    const auto [stop, error] = std::from_chars(given->data() + colon + 1, end, number);
    good = error == std::errc{} && stop == end && number <= 65535;
  }
  if (!good) {
    complain_value(reader, key, *given, "HOST:PORT，例如 127.0.0.1:8080，端口 0 至 65535（0 为任一空闲端口）",
                   "HOST:PORT, like 127.0.0.1:8080, with a port from 0 to 65535 (0: any free one)");
    return;
  }
  host = given->substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  port = static_cast<unsigned short>(number);
}

std::string dialect_name(TableReader& reader, const std::vector<Dialect>& own) {
  const auto given = reader.text("dialect");
  if (!given) return "";
  std::vector<std::string_view> known(standard_dialects.begin(), standard_dialects.end());
  for (const Dialect& one : own) known.emplace_back(one.name);
  require_one_of(reader, "dialect", *given, known);
  return *given;
}

}  // namespace config

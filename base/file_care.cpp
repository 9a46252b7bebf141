#include "base/file_care.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <sys/stat.h>

namespace base {

namespace {

std::string quoted_for_shell(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 ||
           std::string_view("/._-+,@").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return path;
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::optional<std::string> command_to_protect(const std::filesystem::path& file) {
  struct stat facts {};
  const bool is_file = stat(file.c_str(), &facts) == 0 && !S_ISDIR(facts.st_mode);
  if (!is_file || (facts.st_mode & (S_IRWXG | S_IRWXO)) == 0) return std::nullopt;
  return "chmod 600 " + quoted_for_shell(file.string());
}

}  // namespace base

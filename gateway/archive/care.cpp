#include "gateway/archive/care.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace gateway::archive {

namespace {

// The folder itself, or the one that it will be made in.
std::filesystem::path written_to(std::filesystem::path folder) {
  std::error_code error;
  while (folder.has_relative_path() && !std::filesystem::exists(folder, error) && !error) folder = folder.parent_path();
  return folder;
}

}  // namespace

base::Faults care(const config::Archive& settings) {
  base::Faults faults;
  const auto folder = written_to(settings.directory);
  std::error_code error;
  errno = ENOTDIR;
  if (!std::filesystem::is_directory(folder, error) || ::access(folder.c_str(), W_OK | X_OK) != 0) {
    const std::string why = std::strerror(errno);
    faults.push_back({"archive.directory",
                      "archive.directory",
                      "归档目录 " + settings.directory.string() + " 不可写（" + why + "）；请检查目录和权限。",
                      "The archive's directory " + settings.directory.string() + " cannot be written (" + why +
                          "); check the folder and its permissions.",
                      {}});
  }
  if (settings.keep < config::Archive::least_to_keep) {
    base::Fault fault{"archive.keep",
                      "archive.keep",
                      "keep 短于三年（1096d）；海关要求单证至少保存三年。",
                      "keep is shorter than three years (1096d), for which customs has declarations kept.",
                      {}};
    fault.severity = base::Severity::warning;
    faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace gateway::archive

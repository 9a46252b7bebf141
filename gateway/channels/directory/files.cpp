#include "gateway/channels/directory/files.h"

#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace gateway::channels::directory {

namespace {

constexpr int most_of_one_name = 10000;

std::string numbered(const std::filesystem::path& name, int number) {
  return name.stem().string() + "~" + std::to_string(number) + name.extension().string();
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

bool is_temporary(std::string_view name) { return name.starts_with('.') || name.ends_with(".tmp"); }

std::string reason_of(int error_number) { return std::generic_category().message(error_number); }

std::optional<std::string> trouble_of(const std::filesystem::path& folder) {
  const std::string name = folder.string();
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    const std::string why = error ? error.message() : reason_of(ENOTDIR);
    return "目录 " + name + " 无法使用（" + why + "）；请建立该目录 / the folder " + name + " cannot be used (" + why +
           "); make it";
  }
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) == 0) return std::nullopt;
  const std::string why = reason_of(errno);
  return "目录 " + name + " 不可读写（" + why + "）；请给网关的用户授权 / the folder " + name +
         " cannot be read and written (" + why + "); let the gateway's user do so";
}

std::optional<std::string> move_into(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return folder.string() + ": " + error.message();
  std::filesystem::path target = folder / file.filename();
  for (int number = 1; std::filesystem::exists(std::filesystem::symlink_status(target, error)); ++number) {
    if (number > most_of_one_name) return target.string() + ": " + reason_of(EEXIST);
    target = folder / numbered(file.filename(), number);
  }
  std::filesystem::rename(file, target, error);
  if (error && error != std::errc::no_such_file_or_directory) return file.string() + ": " + error.message();
  return std::nullopt;
}

}  // namespace gateway::channels::directory

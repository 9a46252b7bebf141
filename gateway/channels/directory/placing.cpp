#include "gateway/channels/directory/placing.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <unistd.h>

#include "gateway/channels/directory/files.h"

namespace gateway::channels::directory {

namespace {

constexpr mode_t owner_and_group = 0660;  // the client's user is another one of the group

std::atomic<unsigned long> written{0};  // two writers of one message do not meet in one file

Answer failed(Outcome outcome, const std::filesystem::path& folder, int error_number) {
  const std::string why = reason_of(error_number), name = folder.string();
  return {outcome, "无法写入目录 " + name + "：" + why + " / cannot write into the folder " + name + ": " + why};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// Nothing, or the error's number.
std::optional<int> write_file(const std::filesystem::path& file, std::string_view bytes) {
  const Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_and_group));
  if (!descriptor) return errno;
  if (!write_all(descriptor.number(), bytes) || ::fsync(descriptor.number()) != 0) return errno;
  return std::nullopt;
}

bool flush_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor && ::fsync(descriptor.number()) == 0;
}

}  // namespace

std::string file_name(const Outgoing& message) { return message.type + "-" + message.guid + ".xml"; }

Answer Placing::put(const std::filesystem::path& folder, const Outgoing& message) {
  const std::string name = file_name(message);
  const auto temporary = folder / ("." + name + "." + std::to_string(++written) + ".tmp");
  if (const auto error = write_file(temporary, message.envelope)) {
    ::unlink(temporary.c_str());
    return failed(Outcome::unreachable, folder, *error);
  }
  if (!goes_on()) {
    ::unlink(temporary.c_str());
    return failed(Outcome::unreachable, folder, ETIMEDOUT);
  }
  if (std::rename(temporary.c_str(), (folder / name).c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    return failed(error == EIO ? Outcome::unknown : Outcome::unreachable, folder, error);
  }
  if (!flush_folder(folder)) return failed(Outcome::unknown, folder, errno);
  return {Outcome::confirmed, (folder / name).string()};
}

bool Placing::goes_on() {
  Stage writing = Stage::writing;
  return stage_.compare_exchange_strong(writing, Stage::renaming);
}

bool Placing::give_up() {
  Stage writing = Stage::writing;
  return stage_.compare_exchange_strong(writing, Stage::given_up);
}

}  // namespace gateway::channels::directory

#include "tests/support/small_disk.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/support/paths.h"

namespace tests {

namespace {

// As the same user inside, so that nothing else changes.
bool enter_namespaces() {
  const uid_t user = geteuid();
  const gid_t group = getegid();
  if (user == 0) return unshare(CLONE_NEWNS) == 0;
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", std::to_string(user) + " " + std::to_string(user) + " 1");
  write_file("/proc/self/gid_map", std::to_string(group) + " " + std::to_string(group) + " 1");
  return true;
}

}  // namespace

bool SmallDisk::can_be_made() {
  static const bool can = enter_namespaces() && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return can;
}

SmallDisk::SmallDisk(std::filesystem::path folder, std::size_t bytes) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  const std::string size = "size=" + std::to_string(bytes) + ",mode=0755";
  if (!can_be_made() || mount("cebgate-test", folder_.c_str(), "tmpfs", 0, size.c_str()) != 0) {
    throw std::runtime_error(folder_.string() + ": no small disk: " + std::strerror(errno));
  }
}

SmallDisk::~SmallDisk() { umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::fill() const {
  const int file = open(filler().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error(filler().string() + ": " + std::strerror(errno));
  for (std::size_t piece = std::size_t{64} << 10; piece > 0;) {
    const std::string bytes(piece, 'x');
    if (write(file, bytes.data(), bytes.size()) < 0) piece /= 2;
  }
  close(file);
}

void SmallDisk::make_read_only() const {
  if (mount("cebgate-test", folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
    throw std::runtime_error(folder_.string() + ": " + std::strerror(errno));
  }
}

void SmallDisk::make_room() const { std::filesystem::remove(filler()); }

}  // namespace tests

// A file system with little room, at a folder: a tmpfs in a mount namespace of this process, which its children share
// and which goes with it. Needs root or user namespaces.
#pragma once

#include <cstddef>
#include <filesystem>

namespace tests {

class SmallDisk {
 public:
  // Enters the namespace. What was started before does not see the disks made later.
  static bool can_be_made();

  SmallDisk(std::filesystem::path folder, std::size_t bytes);  // throws
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  void fill() const;  // until nothing more fits
  void make_room() const;
  void make_read_only() const;

 private:
  std::filesystem::path filler() const { return folder_ / "filler"; }

  std::filesystem::path folder_;
};

}  // namespace tests

// Where tests find things: the source tree, the build tree, the facts beside the project, a scratch folder.
#pragma once

#include <filesystem>
#include <string>

namespace tests {

std::filesystem::path source_directory();
std::filesystem::path schemas_directory();               // of the build tree, as programs read it
std::filesystem::path program(const std::string& name);  // build/<preset>/bin/NAME
std::filesystem::path shared_directory();                // ../shared beside the project; may be absent
std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, const std::string& bytes);

// A fresh folder that goes with its contents.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tests

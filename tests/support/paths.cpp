#include "tests/support/paths.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tests {

std::filesystem::path source_directory() { return CEBGATE_SOURCE_DIR; }
std::filesystem::path schemas_directory() {
  return std::filesystem::path(CEBGATE_BINARY_DIR) / "share/cebgate/schemas";
}
std::filesystem::path program(const std::string& name) {
  return std::filesystem::path(CEBGATE_BINARY_DIR) / "bin" / name;
}
std::filesystem::path shared_directory() { return source_directory().parent_path() / "shared"; }

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

ScratchDirectory::ScratchDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "cebgate-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace tests

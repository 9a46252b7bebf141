#include "gateway/archive/directory.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/failpoint.h"
#include "gateway/archive/frames.h"

namespace gateway::archive {

namespace {

constexpr int only_its_owner = 0600;
constexpr int folder_of_its_owner = 0700;
constexpr std::string_view file_ending = ".jsonl.zst", index_ending = ".index.jsonl", unfinished = ".unfinished";
constexpr std::int64_t longest_frame = std::int64_t{1} << 30;

[[noreturn]] void fail(const std::filesystem::path& file, int reason) {
  throw std::runtime_error(file.string() + ": " + std::strerror(reason));
}

base::Fault unusable(const std::filesystem::path& folder, const std::string& why) {
  return {"archive.directory",
          folder.string(),
          "归档目录 " + folder.string() + " 不可写（" + why + "）；请检查目录、权限和磁盘空间。",
          "The archive's directory " + folder.string() + " cannot be written (" + why +
              "); check the folder, its permissions and the room on the disk.",
          {}};
}

base::Fault missing(const std::filesystem::path& file) {
  return {"archive.missing",
          file.string(),
          "找不到归档文件 " + file.string() + "，或无权读取；请从备份恢复。",
          "The archive file " + file.string() + " is not there or cannot be read; restore it from a backup.",
          {}};
}

base::Fault other_bytes(const std::filesystem::path& file) {
  return {"archive.damaged",
          file.string(),
          "归档文件 " + file.string() + " 的内容与索引不符；请从备份恢复该文件。",
          "The archive file " + file.string() + " does not hold what its index says; restore it from a backup.",
          {}};
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags) : file_(file) {
    descriptor_ = ::open(file.c_str(), flags | O_CLOEXEC, only_its_owner);
    if (descriptor_ < 0) fail(file, errno);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(descriptor_); }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(file_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void flush() {
    if (::fsync(descriptor_) != 0) fail(file_, errno);
  }

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
};

std::filesystem::path unfinished_of(std::filesystem::path file) { return file += unfinished; }

void write_unfinished(const std::filesystem::path& file, std::string_view bytes) {
  Descriptor descriptor(unfinished_of(file), O_WRONLY | O_CREAT | O_TRUNC);
  descriptor.write(bytes);
  descriptor.flush();
}

base::Result<std::string> read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) return missing(file);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return missing(file);
  return bytes;
}

}  // namespace

std::filesystem::path Directory::file(const std::string& name) const {
  return folder_ / (name + std::string(file_ending));
}

std::filesystem::path Directory::index(const std::string& name) const {
  return folder_ / (name + std::string(index_ending));
}

base::Done Directory::prepare() const {
  std::error_code error;
  if (!std::filesystem::exists(folder_, error)) {
    std::filesystem::create_directories(folder_.parent_path(), error);
    if (::mkdir(folder_.c_str(), folder_of_its_owner) != 0 && errno != EEXIST) {
      return unusable(folder_, std::strerror(errno));
    }
  }
  const auto probe = folder_ / (".probe" + std::string(unfinished));
  try {
    Descriptor descriptor(probe, O_WRONLY | O_CREAT | O_TRUNC);
    descriptor.write("probe");
  } catch (const std::exception& trouble) {
    return unusable(folder_, trouble.what());
  }
  std::filesystem::remove(probe, error);
  return base::Nothing{};
}

std::vector<std::string> Directory::names() const {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    for (const std::string_view ending : {file_ending, index_ending}) {
      if (name.ends_with(ending)) names.insert(name.substr(0, name.size() - ending.size()));
    }
  }
  return {names.begin(), names.end()};
}

void Directory::drop_unfinished() const {
  std::error_code error;
  std::vector<std::filesystem::path> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    if (entry.path().filename().string().ends_with(unfinished)) left.push_back(entry.path());
  }
  for (const auto& path : left) {
    const std::string of = path.filename().replace_extension().string();
    const bool is_frames = of.ends_with(file_ending);
    // The index of frames that never got their name.
    if (is_frames) std::filesystem::remove(index(of.substr(0, of.size() - file_ending.size())), error);
    std::filesystem::remove(path, error);
  }
}

// The index comes first: a file without one is never seen.
void Directory::store(const std::string& name, std::string_view frames, std::string_view index_text) const {
  write_unfinished(file(name), frames);
  write_unfinished(index(name), index_text);
  base::failpoint("archive.written");
  for (const auto& path : {index(name), file(name)}) std::filesystem::rename(unfinished_of(path), path);
  Descriptor(folder_, O_RDONLY | O_DIRECTORY).flush();
}

void Directory::remove(const std::string& name) const {
  std::filesystem::remove(file(name));
  std::filesystem::remove(index(name));
}

base::Result<std::string> Directory::read(const std::string& name) const { return read_all(file(name)); }

base::Result<Index> Directory::read_index(const std::string& name) const {
  const auto text = read_all(index(name));
  if (!text) return text.faults();
  auto read = archive::read_index(*text);
  if (read) return read;
  base::Faults faults = read.faults();
  for (base::Fault& fault : faults) fault.path = index(name).string();
  return faults;
}

base::Result<std::string> Directory::read_line(const std::string& name, const ledger::FramePlace& place) const {
  const auto path = file(name);
  std::ifstream in(path, std::ios::binary);
  if (!in) return missing(path);
  if (place.length < 0 || place.length > longest_frame) return other_bytes(path);
  std::string frame(static_cast<std::size_t>(place.length), '\0');
  in.seekg(place.offset);
  in.read(frame.data(), place.length);
  if (in.gcount() != place.length || base::sha256_hex(frame) != place.digest) return other_bytes(path);
  return line_in(frame);
}

}  // namespace gateway::archive

#include "tools/cebgate/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace tools::cebgate {

namespace {

base::Fault fault_of(std::string code, std::string_view zh, std::string_view en, const std::string& why) {
  base::Fault fault;
  fault.code = std::move(code);
  fault.zh = std::string(zh) + "：" + why;
  fault.en = std::string(en) + ": " + why;
  return fault;
}

base::Fault errno_fault(std::string code, std::string_view zh, std::string_view en) {
  return fault_of(std::move(code), zh, en, errno == 0 ? "input/output error" : std::strerror(errno));
}

base::Fault size_fault(std::size_t limit_bytes) {
  const std::string limit = std::to_string(limit_bytes >> 20) + " MiB";
  base::Fault fault;
  fault.code = too_large;
  fault.zh = "文件过大，最多 " + limit;
  fault.en = "the file is too large, at most " + limit + " are read";
  return fault;
}

}  // namespace

base::Result<std::string> read_file(const std::filesystem::path& file, std::size_t limit_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    return fault_of("file.read", "无法读取文件", "the file cannot be read", std::strerror(EISDIR));
  }
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return errno_fault("file.read", "无法读取文件", "the file cannot be read");
  std::string text;
  std::string block(std::size_t{1} << 16, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    text.append(block, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit_bytes) return size_fault(limit_bytes);
  }
  if (in.bad()) return errno_fault("file.read", "无法读取文件", "the file cannot be read");
  return text;
}

base::Done write_file(const std::filesystem::path& file, std::string_view text) {
  errno = 0;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!out.flush()) return errno_fault("file.write", "无法写入文件", "the file cannot be written");
  return base::Nothing{};
}

std::string_view without_bom(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

}  // namespace tools::cebgate

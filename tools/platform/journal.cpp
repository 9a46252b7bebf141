#include "tools/platform/journal.h"

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "base/base64.h"

namespace tools::platform {
namespace {

namespace json = boost::json;

base::Fault system_fault(std::string code, const std::filesystem::path& file) {
  const std::string reason = std::strerror(errno);
  return {std::move(code),
          "",
          "无法读写状态文件 " + file.string() + "：" + reason,
          "cannot read or write the state file " + file.string() + ": " + reason,
          "",
          0};
}

base::Fault line_fault(const std::filesystem::path& file, int line) {
  const std::string number = std::to_string(line);
  return {"state.line",
          "",
          "状态文件 " + file.string() + " 第 " + number + " 行无法读取；请删除该行或换一个文件",
          "line " + number + " of the state file " + file.string() + " cannot be read; remove it or use another file",
          "",
          line};
}

bool replay_line(const std::string& line, const Journal::Replay& replay) {
  json::error_code error;
  const json::value value = json::parse(line, error);
  const json::object* object = error ? nullptr : value.if_object();
  const json::value* at = object == nullptr ? nullptr : object->if_contains("at");
  const json::value* xml = object == nullptr ? nullptr : object->if_contains("xml");
  if (at == nullptr || xml == nullptr || !at->is_int64() || !xml->is_string()) return false;
  auto bytes = base::read_base64(xml->get_string());
  if (!bytes) return false;
  replay(std::move(*bytes), base::Time(std::chrono::milliseconds(at->get_int64())));
  return true;
}

// How many bytes hold whole lines.
base::Result<off_t> replay_file(const std::filesystem::path& file, const Journal::Replay& replay) {
  std::ifstream in(file, std::ios::binary);
  off_t whole = 0;
  int number = 0;
  for (std::string line; std::getline(in, line) && !in.eof(); whole += off_t(line.size()) + 1) {
    if (!replay_line(line, replay)) return line_fault(file, number + 1);
    ++number;
  }
  return whole;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(std::size_t(written));
  }
  return true;
}

}  // namespace

base::Result<Journal> Journal::open(const std::filesystem::path& file, const Replay& replay) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_fault("state.open", file);
  Journal journal(descriptor, file);
  const auto whole = replay_file(file, replay);
  if (!whole) return whole.faults();
  if (::ftruncate(descriptor, *whole) != 0) return system_fault("state.open", file);
  return journal;
}

Journal::Journal(Journal&& other) noexcept : descriptor_(other.descriptor_), file_(std::move(other.file_)) {
  other.descriptor_ = -1;
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Done Journal::append(std::string_view xml, base::Time at) {
  const json::object line{{"at", at.time_since_epoch().count()}, {"xml", base::base64(xml)}};
  const off_t before = ::lseek(descriptor_, 0, SEEK_END);
  if (write_all(descriptor_, json::serialize(line) + "\n") && ::fdatasync(descriptor_) == 0) return base::Nothing{};
  base::Fault fault = system_fault("state.write", file_);
  if (before < 0 || ::ftruncate(descriptor_, before) != 0) fault.en += "; its last line may be incomplete";
  return fault;
}

}  // namespace tools::platform

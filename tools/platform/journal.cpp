#include "tools/platform/journal.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <string_view>
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

constexpr std::array<std::string_view, 6> ways{"hainan", "folders", "amqp", "amqp1", "as2", "as3"};

std::string member_in(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains({name.data(), name.size()});
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<Delivery> read_delivery(const json::object& object) {
  const auto* way = std::ranges::find(ways, member_in(object, "way"));
  auto bytes = base::read_base64(member_in(object, "bytes"));
  if (way == ways.end() || !object.contains("bytes") || !bytes) return {};
  return Delivery{static_cast<Way>(way - ways.begin()), std::move(*bytes), member_in(object, "from")};
}

bool replay_line(const std::string& line, const Journal::Replay& replay) {
  json::error_code error;
  const json::value value = json::parse(line, error);
  const json::object* object = error ? nullptr : value.if_object();
  const json::value* at = object == nullptr ? nullptr : object->if_contains("at");
  if (at == nullptr || !at->is_int64()) return false;
  const auto delivery = read_delivery(*object);
  if (!delivery) return false;
  replay(*delivery, base::Time(std::chrono::milliseconds(at->get_int64())));
  return true;
}

std::string line_of(const Delivery& delivery, base::Time at) {
  json::object line{{"at", at.time_since_epoch().count()},
                    {"way", ways.at(static_cast<std::size_t>(delivery.way))},
                    {"bytes", base::base64(delivery.bytes)}};
  if (!delivery.from.empty()) line["from"] = delivery.from;
  return json::serialize(line) + "\n";
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

base::Done Journal::append(const Delivery& delivery, base::Time at) {
  const off_t before = ::lseek(descriptor_, 0, SEEK_END);
  if (write_all(descriptor_, line_of(delivery, at)) && ::fdatasync(descriptor_) == 0) return base::Nothing{};
  base::Fault fault = system_fault("state.write", file_);
  if (before < 0 || ::ftruncate(descriptor_, before) != 0) fault.en += "; its last line may be incomplete";
  return fault;
}

}  // namespace tools::platform

#include "tools/jointtest/journal.h"

#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/jointtest/journal_lines.h"

namespace tools::jointtest {
namespace {

namespace json = boost::json;

base::Fault open_fault(const std::filesystem::path& file) {
  const std::string why = std::strerror(errno);
  return {"jointtest.journal", file.string(), "无法写入运行记录：" + why + "。",
          "The journal of the run cannot be written: " + why + ".", "docs/formats/joint-plan.md"};
}

json::object line_of(std::string_view kind, StepPlace place) {
  return {{"kind", kind}, {"case", place.first}, {"step", place.second}};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Up to the end of the last finished line.
bool cut_unfinished_line(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return false;
  off_t end = status.st_size;
  for (char last = 0; end > 0; --end) {
    if (::pread(descriptor, &last, 1, end - 1) != 1) return false;
    if (last == '\n') break;
  }
  return ::ftruncate(descriptor, end) == 0;
}

}  // namespace

base::Result<Journal> Journal::begin(const std::filesystem::path& run, const Progressed& whole) {
  const auto file = run / journal_name;
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (descriptor < 0) return open_fault(file);
  Journal journal(descriptor);
  journal.append(run_line(whole));
  return journal;
}

base::Result<Journal> Journal::go_on(const std::filesystem::path& run) {
  const auto file = run / journal_name;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (descriptor < 0) return open_fault(file);
  Journal journal(descriptor);
  if (!cut_unfinished_line(descriptor)) return open_fault(file);
  return journal;
}

Journal::Journal(Journal&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Journal::append(const json::object& line) {
  if (write_all(descriptor_, json::serialize(line) + "\n") && ::fdatasync(descriptor_) == 0) return;
  throw std::runtime_error(std::string("the journal of the run cannot be written: ") + std::strerror(errno));
}

void Journal::posting(StepPlace place, const Posting& posting) {
  json::object line = line_of("posting", place);
  line["key"] = posting.key;
  line["body"] = posting.body;
  append(line);
}

void Journal::posted(StepPlace place, const std::string& id) {
  json::object line = line_of("posted", place);
  line["id"] = id;
  append(line);
}

void Journal::advanced(StepPlace place, std::chrono::seconds ahead) {
  json::object line = line_of("advanced", place);
  line["ahead"] = ahead.count();
  append(line);
}

void Journal::step(StepPlace place, const StepResult& result) {
  json::object line = line_of("step", place);
  line["result"] = step_json(result);
  append(line);
}

void Journal::messages(std::size_t of_case, const std::vector<MessageResult>& found) {
  json::array messages;
  for (const MessageResult& one : found) messages.push_back(message_json(one));
  append({{"kind", "messages"}, {"case", of_case}, {"messages", std::move(messages)}});
}

void Journal::enterprise(const RunResult::Enterprise& enterprise) {
  append({{"kind", "enterprise"}, {"enterprise", enterprise_json(enterprise)}});
}

void Journal::ended(base::Time at) { append({{"kind", "ended"}, {"at", base::rfc3339(at)}}); }

}  // namespace tools::jointtest

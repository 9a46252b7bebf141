#include "gateway/channels/directory/in_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <tuple>
#include <unistd.h>
#include <utility>

#include "gateway/channels/directory/files.h"

namespace gateway::channels::directory {

namespace {

constexpr const char* archive = "archive";
constexpr const char* corrupt = "corrupt";
constexpr std::int64_t ns_of_a_second = 1'000'000'000, ns_of_a_millisecond = 1'000'000;
constexpr std::size_t date_characters = sizeof("2026-01-31") - 1;

base::Fault folder_fault(const std::filesystem::path& folder, const std::string& trouble) {
  return {"channel.folder", folder.string(), trouble, trouble, {}};
}

Stamp stamp_of(const struct stat& status) {
  return {status.st_ino, static_cast<std::uint64_t>(status.st_size),
          status.st_mtim.tv_sec * ns_of_a_second + status.st_mtim.tv_nsec};
}

base::Time time_of(const Stamp& stamp) {
  return base::Time(std::chrono::milliseconds(stamp.written_ns / ns_of_a_millisecond));
}

bool is_forbidden(int error_number) { return error_number == EACCES || error_number == EPERM || error_number == ELOOP; }

// To the end; nothing where it is longer than it was, or cannot be read.
std::optional<std::string> read_all(int descriptor, std::size_t bytes) {
  std::string text(bytes + 1, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t count = ::read(descriptor, text.data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  if (filled != bytes) return std::nullopt;
  text.resize(bytes);
  return text;
}

}  // namespace

InFolder::InFolder(std::filesystem::path folder, config::AfterReading after_reading)
    : folder_(std::move(folder)), after_reading_(after_reading) {}

base::Result<Look> InFolder::look(const std::set<std::string>& closed, std::size_t most) {
  if (const auto trouble = trouble_of(folder_)) return folder_fault(folder_, *trouble);
  put_away_what_is_left();
  given_.clear();
  Look look;
  std::size_t bytes = 0;
  for (Entry& entry : whole_ones(entries(), closed, look)) {
    if (look.files.size() >= most || bytes + entry.stamp.bytes > most_bytes_at_once) break;
    auto content = read(entry);
    if (!content) continue;
    bytes += content->size();
    look.files.push_back({entry.name, std::move(*content), time_of(entry.stamp)});
    given_.push_back(std::move(entry));
  }
  look.remarks = remarks();
  return look;
}

// Folders in it are ours, or of the client's own; what has been given and only not put away is not given again.
std::vector<InFolder::Entry> InFolder::entries() const {
  std::vector<Entry> found;
  std::error_code error;
  std::filesystem::directory_iterator at(folder_, error);
  for (; !error && at != std::filesystem::directory_iterator() && found.size() < most_entries; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (is_temporary(name) || name == archive || name == corrupt) continue;
    auto entry = entry_of(at->path());
    if (!entry) continue;
    const auto left = left_.find(entry->name);
    if (left == left_.end() || left->second != entry->stamp) found.push_back(std::move(*entry));
  }
  return found;
}

std::optional<InFolder::Entry> InFolder::entry_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) return std::nullopt;
  return Entry{file.filename().string(), stamp_of(status), S_ISREG(status.st_mode)};
}

std::vector<InFolder::Entry> InFolder::whole_ones(std::vector<Entry> all, const std::set<std::string>& closed,
                                                  Look& look) {
  std::vector<Entry> whole;
  sightings_.begin_look(closed, std::chrono::steady_clock::now());
  for (Entry& entry : all) {
    if (!sightings_.is_whole(entry.name, entry.stamp)) {
      look.is_settling = true;
    } else if (!entry.is_regular || entry.stamp.bytes > most_file_bytes) {
      set_aside(entry);
    } else {
      whole.push_back(std::move(entry));
    }
  }
  sightings_.end_look();
  std::ranges::sort(whole, {}, [](const Entry& one) { return std::tie(one.stamp.written_ns, one.name); });
  return whole;
}

std::optional<std::string> InFolder::read(const Entry& entry) {
  const Descriptor file(::open((folder_ / entry.name).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file) {
    if (is_forbidden(errno)) set_aside(entry);
    return std::nullopt;
  }
  struct stat status {};
  auto content = read_all(file.number(), entry.stamp.bytes);
  const bool is_what_it_was = ::fstat(file.number(), &status) == 0 && stamp_of(status) == entry.stamp;
  return is_what_it_was ? std::move(content) : std::nullopt;
}

void InFolder::set_aside(const Entry& entry) {
  if (const auto trouble = move_into(folder_ / entry.name, folder_ / corrupt)) {
    trouble_ = *trouble;
  } else {
    ++set_aside_;
  }
}

void InFolder::put_away(base::Time now) {
  archived_on_ = base::china_text(now).substr(0, date_characters);
  for (const Entry& entry : std::exchange(given_, {})) left_[entry.name] = entry.stamp;
  put_away_what_is_left();
}

void InFolder::put_away_what_is_left() {
  trouble_.clear();
  std::erase_if(left_, [this](const auto& one) {
    const auto file = folder_ / one.first;
    const auto entry = entry_of(file);
    if (!entry || entry->stamp != one.second) return true;  // gone, or written to: it comes again
    std::optional<std::string> trouble;
    if (after_reading_ == config::AfterReading::archive) {
      trouble = move_into(file, folder_ / archive / archived_on_);
    } else if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
      trouble = file.string() + ": " + reason_of(errno);
    }
    if (trouble) trouble_ = *trouble;
    return !trouble;
  });
}

std::string InFolder::remarks() const {
  std::string remarks = trouble_;
  if (set_aside_ > 0) {
    const std::string aside = (folder_ / corrupt).string(), count = std::to_string(set_aside_);
    remarks += (remarks.empty() ? "" : "; ") + count +
               " 个无法读取的文件已移至 / files that cannot be read were moved to " + aside;
  }
  return remarks;
}

}  // namespace gateway::channels::directory

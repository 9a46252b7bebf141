#include "signing/keys/pin_memory.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/digest.h"

namespace signing::keys {

namespace {

constexpr std::size_t most_keys = 256;
constexpr std::size_t key_digits = 64, salt_digits = 32, digest_digits = 64;
constexpr std::size_t line_characters = key_digits + 1 + salt_digits + 1 + digest_digits;
constexpr std::size_t most_bytes = most_keys * (line_characters + 1);

// About 50 ms and 16 MiB (RFC 7914): what is kept is a wrong PIN, but often nearly the right one.
constexpr std::uint64_t scrypt_cost = 1 << 14, scrypt_block = 8, scrypt_parallel = 1, scrypt_most_bytes = 32 << 20;

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text.append({digits[bytes[i] >> 4], digits[bytes[i] & 15]});
  return text;
}

std::string digest_of(const base::Secret& pin, const std::string& salt) {
  const std::string_view text = pin.reveal();
  std::array<unsigned char, digest_digits / 2> digest{};
  if (EVP_PBE_scrypt(text.data(), text.size(), reinterpret_cast<const unsigned char*>(salt.data()), salt.size(),
                     scrypt_cost, scrypt_block, scrypt_parallel, scrypt_most_bytes, digest.data(),
                     digest.size()) != 1) {
    ERR_clear_error();
    throw std::runtime_error("scrypt is not available in this OpenSSL");
  }
  return hexadecimal(digest.data(), digest.size());
}

std::string new_line(const std::string& key, const base::Secret& pin) {
  std::array<unsigned char, salt_digits / 2> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) throw std::runtime_error("no random bytes");
  const std::string salt = hexadecimal(random.data(), random.size());
  return key + " " + salt + " " + digest_of(pin, salt);
}

bool is_whole(std::string_view line) {
  if (line.size() != line_characters) return false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool gap = i == key_digits || i == key_digits + 1 + salt_digits;
    if (gap ? line[i] != ' ' : std::string_view("0123456789abcdef").find(line[i]) == std::string_view::npos)
      return false;
  }
  return true;
}

// Of this key, or the empty text.
std::string line_of(const std::vector<std::string>& lines, const std::string& key) {
  const auto found = std::ranges::find_if(lines, [&](const std::string& line) { return line.starts_with(key); });
  return found == lines.end() ? "" : *found;
}

bool tells_of(const std::string& line, const base::Secret& pin) {
  if (line.empty()) return false;
  const std::string salt = line.substr(key_digits + 1, salt_digits);
  return base::equal_in_constant_time(line.substr(line_characters - digest_digits), digest_of(pin, salt));
}

void replace(std::vector<std::string>& lines, const std::string& newest) {
  std::erase_if(lines, [&](const std::string& line) { return line.starts_with(newest.substr(0, key_digits)); });
  lines.push_back(newest);
  if (lines.size() > most_keys) lines.erase(lines.begin());
}

base::Fault unusable(const std::filesystem::path& file) {
  const std::string why = std::generic_category().message(errno);
  return {.code = "key.memory",
          .path = {},
          .zh = "无法写入 " + file.string() + "（" + why + "），重启后不能记住被拒绝的口令；请检查路径、权限和磁盘空间",
          .en = "cannot keep " + file.string() + " (" + why +
                "), which remembers refused PINs across restarts; check the path, its permissions and the disk",
          .source = {}};
}

// A new file beside `file` (mode 0600), gone again unless it takes its place.
class Replacement {
 public:
  explicit Replacement(const std::filesystem::path& file)
      : name_(file.string() + ".XXXXXX"), descriptor_(mkstemp(name_.data())) {}
  ~Replacement() {
    if (descriptor_ < 0) return;
    close(descriptor_);
    if (!placed_) unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  // What root writes stays readable for the service whose folder it is in.
  bool give_to_owner_of(const std::filesystem::path& folder) {
    struct stat facts {};
    return geteuid() != 0 || stat(folder.c_str(), &facts) != 0 || fchown(descriptor_, facts.st_uid, facts.st_gid) == 0;
  }
  bool hold(std::string_view text) {
    while (descriptor_ >= 0 && !text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return descriptor_ >= 0 && fsync(descriptor_) == 0;
  }
  bool place(const std::filesystem::path& file) {
    placed_ = std::rename(name_.c_str(), file.c_str()) == 0;
    return placed_;
  }

 private:
  std::string name_;
  int descriptor_;
  bool placed_ = false;
};

}  // namespace

PinMemory::PinMemory(std::filesystem::path file) : file_(std::move(file)) {}

base::Result<PinMemory::Lines> PinMemory::read() const {
  Lines lines;
  struct stat facts {};
  if (file_.empty() || (stat(file_.c_str(), &facts) != 0 && errno == ENOENT)) return lines;
  std::ifstream in(file_, std::ios::binary);
  std::string text(most_bytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (in.gcount() == 0 && !in.eof())) return unusable(file_);
  text.resize(static_cast<std::size_t>(in.gcount()));
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) {
    if (is_whole(line)) lines.push_back(line);
  }
  return lines;
}

base::Done PinMemory::write(const Lines& lines) const {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  Replacement replacement(file_);
  const auto folder = file_.has_parent_path() ? file_.parent_path() : std::filesystem::path(".");
  if (!replacement.hold(text) || !replacement.give_to_owner_of(folder) || !replacement.place(file_)) {
    return unusable(file_);
  }
  return base::Nothing{};
}

bool PinMemory::was_refused(const std::string& key_uri, const base::Secret& pin) const {
  const std::string key = base::sha256_hex(key_uri);
  std::string own, kept;
  {
    const std::scoped_lock lock(mutex_);
    const auto lines = read();
    own = line_of(own_, key);
    if (lines) kept = line_of(*lines, key);
  }
  return tells_of(own, pin) || (kept != own && tells_of(kept, pin));
}

base::Done PinMemory::remember(const std::string& key_uri, const base::Secret& pin) {
  const std::string line = new_line(base::sha256_hex(key_uri), pin);
  const std::scoped_lock lock(mutex_);
  replace(own_, line);
  if (file_.empty()) return base::Nothing{};
  auto lines = read();
  if (!lines) return lines.faults();
  replace(*lines, line);
  return write(*lines);
}

base::Done PinMemory::check() const {
  const std::scoped_lock lock(mutex_);
  if (file_.empty()) return base::Nothing{};
  const auto lines = read();
  if (!lines) return lines.faults();
  return write(*lines);
}

}  // namespace signing::keys

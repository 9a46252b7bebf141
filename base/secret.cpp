#include "base/secret.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <new>
#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace base {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

std::size_t whole_pages(std::size_t size) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

}  // namespace

Secret::Secret(std::size_t capacity) : capacity_(whole_pages(capacity)) {
  if (capacity_ == 0) return;
  void* pages = mmap(nullptr, capacity_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  bytes_ = static_cast<char*>(pages);
  madvise(pages, capacity_, MADV_DONTDUMP);
  mlock(pages, capacity_);  // beyond RLIMIT_MEMLOCK it may be swapped: better than to have no secret
}

Secret::Secret(std::string_view text) : Secret(text.size()) {
  std::ranges::copy(text, bytes_);
  size_ = text.size();
}

Secret::Secret(std::string&& text) : Secret(std::string_view(text)) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

Secret::Secret(Secret&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  bytes_ = std::exchange(other.bytes_, nullptr);
  size_ = std::exchange(other.size_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  return *this;
}

Secret::~Secret() { wipe(); }

void Secret::wipe() noexcept {
  if (bytes_ == nullptr) return;
  OPENSSL_cleanse(bytes_, capacity_);
  munmap(bytes_, capacity_);
}

std::optional<Secret> Secret::read(int descriptor, std::size_t most_bytes) {
  Secret secret(most_bytes);
  while (secret.size_ < most_bytes) {
    const ssize_t got = ::read(descriptor, secret.bytes_ + secret.size_, most_bytes - secret.size_);
    if (got == 0) break;
    if (got < 0 && errno != EINTR) return std::nullopt;
    if (got > 0) secret.size_ += static_cast<std::size_t>(got);
  }
  return secret;
}

std::optional<Secret> Secret::read_file(const std::filesystem::path& file, std::size_t most_bytes) {
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (opened.number() < 0) return std::nullopt;
  return read(opened.number(), most_bytes);
}

void Secret::shorten(std::size_t size) {
  if (size >= size_) return;
  OPENSSL_cleanse(bytes_ + size, size_ - size);
  size_ = size;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace base

// A password, PIN or token: never printed or compared by accident. It lives in pages of its own that are locked into
// memory as far as RLIMIT_MEMLOCK lets, are left out of core dumps, and are wiped before they are given back. Movable,
// not copyable. Throws std::bad_alloc without memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace base {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view text);  // what `text` stands in stays its owner's to wipe
  explicit Secret(const char* text) : Secret(std::string_view(text)) {}
  explicit Secret(std::string&& text);  // wipes `text`
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  // Straight into the pages, until the end or `most_bytes`: ask for one more than is allowed. Nothing where reading
  // fails; errno says why.
  static std::optional<Secret> read(int descriptor, std::size_t most_bytes);
  static std::optional<Secret> read_file(const std::filesystem::path& file, std::size_t most_bytes);

  Secret copy() const { return Secret(reveal()); }
  void shorten(std::size_t size);  // to at most `size` bytes; the rest is wiped

  bool empty() const { return size_ == 0; }
  std::string_view reveal() const { return {bytes_, size_}; }

 private:
  explicit Secret(std::size_t capacity);
  void wipe() noexcept;

  char* bytes_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;  // capacity: whole pages
};

// Takes as long for unequal texts of one length as for equal ones.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace base

#include "signing/chinese_encoding.h"

#include <array>
#include <iconv.h>
#include <memory>

namespace signing {

namespace {

struct Close {
  void operator()(void* converter) const { iconv_close(converter); }
};

std::optional<std::string> converted(const char* from, const char* to, std::string_view text) {
  iconv_t opened = iconv_open(to, from);
  if (opened == iconv_t(-1)) return std::nullopt;
  const std::unique_ptr<void, Close> converter(opened);
  std::string input(text), output;
  char* at = input.data();
  std::size_t left = input.size();
  std::array<char, 4096> buffer{};
  while (left > 0) {
    char* out = buffer.data();
    std::size_t room = buffer.size();
    const bool done = iconv(converter.get(), &at, &left, &out, &room) != std::size_t(-1);
    output.append(buffer.data(), buffer.size() - room);
    if (!done && room == buffer.size()) return std::nullopt;  // not for want of room
  }
  return output;
}

}  // namespace

std::optional<std::string> utf8_of_gb18030(std::string_view bytes) { return converted("GB18030", "UTF-8", bytes); }
std::optional<std::string> gb18030_of_utf8(std::string_view text) { return converted("UTF-8", "GB18030", text); }
bool is_utf8(std::string_view text) { return converted("UTF-8", "UTF-32LE", text).has_value(); }

}  // namespace signing

#include "base/base64.h"

#include <algorithm>
#include <openssl/evp.h>

namespace base {

namespace {

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// OpenSSL's decoder passes over some characters at the ends, so what may stand there is checked first.
bool is_base64(std::string_view packed) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto first_padding = packed.find_first_not_of(alphabet);
  if (first_padding == std::string_view::npos) return packed.size() % 4 == 0;
  const auto padding = packed.substr(first_padding);
  return packed.size() % 4 == 0 && (padding == "=" || padding == "==");
}

std::string without_white_space(std::string_view text) {
  std::string packed;
  packed.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(packed),
               [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
  return packed;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // one more for the NUL that OpenSSL writes
  EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), static_cast<int>(bytes.size()));
  text.pop_back();
  return text;
}

std::optional<std::string> read_base64(std::string_view text) {
  const std::string packed = without_white_space(text);
  if (!is_base64(packed)) return std::nullopt;
  if (packed.empty()) return std::string();
  std::string bytes(packed.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(bytes_of(bytes), bytes_of(std::string_view(packed)), static_cast<int>(packed.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - static_cast<std::size_t>(std::ranges::count(packed, '=')));
  return bytes;
}

}  // namespace base

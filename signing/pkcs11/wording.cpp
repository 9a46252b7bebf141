#include "signing/pkcs11/wording.h"

#include <openssl/asn1.h>

#include "signing/openssl_handles.h"

namespace signing::pkcs11 {

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

std::string readable(std::string_view text) {
  const auto end = text.find_last_not_of(std::string_view(" \0", 2));
  text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  std::string shown;
  while (!text.empty()) {
    unsigned long character = 0;
    const int size = UTF8_getc(octets(text), static_cast<int>(text.size()), &character);
    const bool good = size > 0 && character >= ' ' && character != 0x7F;
    shown += good ? text.substr(0, static_cast<std::size_t>(size)) : "?";
    text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
  }
  return shown;
}

std::string percent_encoded(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return text;
}

}  // namespace signing::pkcs11

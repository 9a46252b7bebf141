#include "tools/cebgate/encoding.h"

#include <stdexcept>

namespace tools::cebgate {

namespace {

constexpr std::size_t most_growth = 4;  // bytes of UTF-8 for one byte, whatever the encoding

}  // namespace

Decoder::Decoder(const char* from) : iconv_(iconv_open("UTF-8", from)) {
  if (iconv_ == reinterpret_cast<iconv_t>(-1)) throw std::runtime_error(std::string("the C library lacks ") + from);
}

Decoder::~Decoder() { iconv_close(iconv_); }

std::optional<std::string> Decoder::utf8(std::string_view text) const {
  std::string in(text), out(text.size() * most_growth, '\0');
  char *from = in.data(), *to = out.data();
  std::size_t left = in.size(), room = out.size();
  iconv(iconv_, nullptr, nullptr, nullptr, nullptr);
  const auto failed = static_cast<std::size_t>(-1);
  if (iconv(iconv_, &from, &left, &to, &room) == failed || left > 0) return std::nullopt;
  out.resize(out.size() - room);
  return out;
}

}  // namespace tools::cebgate

// Text in the encodings that spreadsheets write, as UTF-8 (the C library's iconv). One thread for each.
#pragma once

#include <iconv.h>
#include <optional>
#include <string>
#include <string_view>

namespace tools::cebgate {

class Decoder {
 public:
  // from: "UTF-8", "GB18030" (GBK and GB2312 are parts of it). Throws if the C library does not know it.
  explicit Decoder(const char* from);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  std::optional<std::string> utf8(std::string_view text) const;  // nothing: it is not in that encoding

 private:
  iconv_t iconv_;
};

}  // namespace tools::cebgate

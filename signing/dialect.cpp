#include "signing/dialect.h"

#include <algorithm>
#include <array>

namespace signing {

std::span<const Dialect> dialects() {
  static const std::array<Dialect, 3> known{
      Dialect{.name = "sm2-sm3",
              .signature_method = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3",
              .digest_method = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3",
              .key_kind = KeyKind::sm2},
      Dialect{.name = "rsa-sha1",
              .signature_method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
              .digest_method = "http://www.w3.org/2000/09/xmldsig#sha1",
              .key_kind = KeyKind::rsa},
      Dialect{.name = "hainan-sm2",
              .signature_method = "http://www.w3.org/2000/09/xmldsig#sm2-sm3",
              .digest_method = "http://www.w3.org/2000/09/xmldsig#sha1",
              .key_kind = KeyKind::sm2},
  };
  return known;
}

const Dialect* find_dialect(std::string_view name) {
  const auto known = dialects();
  const auto found = std::find_if(known.begin(), known.end(), [&](const Dialect& d) { return d.name == name; });
  return found == known.end() ? nullptr : &*found;
}

const Dialect& default_dialect(KeyKind kind) { return *find_dialect(kind == KeyKind::sm2 ? "sm2-sm3" : "rsa-sha1"); }

}  // namespace signing

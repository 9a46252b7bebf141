#include "signing/keys/open_key.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "signing/gmt/sdf_key.h"
#include "signing/gmt/skf_key.h"
#include "signing/keys/file_key.h"
#include "signing/pkcs11/pkcs11_key.h"
#include "signing/ukey/ukey_key.h"

namespace signing::keys {

namespace {

struct Scheme {
  std::string_view prefix;
  base::Result<std::shared_ptr<const Key>> (*open)(const KeySource& source);
};

constexpr std::array schemes{
    Scheme{"pkcs11:", pkcs11::open_pkcs11_key},
    Scheme{"ukey+ws:", ukey::open_ukey},
    Scheme{"skf:", gmt::open_skf_key},
    Scheme{"sdf:", gmt::open_sdf_key},
};

base::Fault unknown(const std::string& uri) {
  const std::string scheme = uri.substr(0, uri.find(':') + 1);
  std::string known = "file:";
  for (const auto& one : schemes) known += ", " + std::string(one.prefix);
  return {.code = "key.form",
          .path = {},
          .zh = "不支持 " + scheme + " 形式的密钥；可用：" + known,
          .en = scheme + " keys are not supported; known: " + known,
          .source = {}};
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_key(const KeySource& source) {
  if (is_file_key(source.uri)) return open_file_key(source);
  const auto has_prefix = [&](const Scheme& scheme) { return source.uri.starts_with(scheme.prefix); };
  const auto* const found = std::ranges::find_if(schemes, has_prefix);
  if (found == schemes.end()) return unknown(source.uri);
  return found->open(source);
}

}  // namespace signing::keys

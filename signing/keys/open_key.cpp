#include "signing/keys/open_key.h"

#include "signing/keys/file_key.h"

namespace signing::keys {

base::Result<std::shared_ptr<const Key>> open_key(const KeySource& source) {
  if (is_file_key(source.uri)) return open_file_key(source);
  const std::string scheme = source.uri.substr(0, source.uri.find(':'));
  return base::Fault{.code = "key.form",
                     .path = {},
                     .zh = "不支持 " + scheme + ": 形式的密钥；请使用 file:路径 指定 PEM 私钥文件",
                     .en = scheme + ": keys are not supported; name a PEM private key with file:PATH",
                     .source = {}};
}

}  // namespace signing::keys

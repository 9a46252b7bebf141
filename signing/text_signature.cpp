#include "signing/text_signature.h"

#include "signing/certificate_reading.h"
#include "signing/signature_value.h"

namespace signing {

base::Result<std::string> sign_text(std::string_view text, const Key& key, SignatureAlgorithm algorithm) {
  auto value = key.sign(algorithm, text);
  if (!value) return value.faults();
  if (value_fits(key.certificate().read->public_key(), algorithm, text, *value)) return value;
  return base::Fault{.code = "signature.self",
                     .path = {},
                     .zh = "生成的签名与证书不符，未输出",
                     .en = "the signature made does not fit the certificate and is not given out",
                     .source = {}};
}

}  // namespace signing

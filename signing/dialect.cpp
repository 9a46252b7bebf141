#include "signing/dialect.h"

#include <algorithm>
#include <array>

namespace signing {

namespace {

const std::array<Dialect, 4>& standard() {
  // What the E-Port's UKey client has on the root, so that the canonical SignedInfo is byte for byte what it signs.
  static const std::vector<NamespaceDeclaration> ceb_and_xsi{{"ceb", "http://www.chinaport.gov.cn/ceb"},
                                                             {"xsi", "http://www.w3.org/2001/XMLSchema-instance"}};
  static const std::array<Dialect, 4> known{
      Dialect{.name = "sm2-sm3",
              .signature_method = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3",
              .digest_method = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3",
              .root_namespaces = ceb_and_xsi},
      Dialect{.name = "rsa-sha1",
              .signature_method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
              .digest_method = "http://www.w3.org/2000/09/xmldsig#sha1",
              .signature = SignatureAlgorithm::rsa_sha1,
              .digest = DigestAlgorithm::sha1,
              .root_namespaces = ceb_and_xsi},
      Dialect{.name = "hainan-sm2",
              .signature_method = "http://www.w3.org/2000/09/xmldsig#sm2-sm3",
              .digest_method = "http://www.w3.org/2000/09/xmldsig#sha1",
              .digest = DigestAlgorithm::sha1,
              .root_namespaces = ceb_and_xsi},
      Dialect{.name = "rsa-sha256",
              .signature_method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
              .digest_method = "http://www.w3.org/2001/04/xmlenc#sha256",
              .signature = SignatureAlgorithm::rsa_sha256,
              .digest = DigestAlgorithm::sha256,
              .place = "last"},
  };
  return known;
}

}  // namespace

KeyKind key_kind(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::sm2_sm3 ? KeyKind::sm2 : KeyKind::rsa;
}

std::span<const Dialect> standard_dialects() { return standard(); }

const Dialect* find_dialect(std::span<const Dialect> dialects, std::string_view name) {
  const auto found = std::ranges::find(dialects, name, &Dialect::name);
  return found == dialects.end() ? nullptr : &*found;
}

const Dialect& default_dialect(KeyKind kind) {
  return *find_dialect(standard(), kind == KeyKind::sm2 ? "sm2-sm3" : "rsa-sha1");
}

}  // namespace signing

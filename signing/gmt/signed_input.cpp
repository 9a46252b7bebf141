#include "signing/gmt/signed_input.h"

#include "signing/certificate_reading.h"
#include "signing/digest.h"

namespace signing::gmt {

namespace {

// The DER before the digest (RFC 8017 §9.2, note 1).
constexpr std::string_view before_sha1("\x30\x21\x30\x09\x06\x05\x2B\x0E\x03\x02\x1A\x05\x00\x04\x14", 15);
constexpr std::string_view before_sha256("\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
                                         19);

}  // namespace

std::string signed_input(const Certificate& certificate, SignatureAlgorithm algorithm, std::string_view bytes) {
  switch (algorithm) {
    case SignatureAlgorithm::sm2_sm3:
      return sm2_digest(certificate.read->public_key(), bytes, customs_user_id);
    case SignatureAlgorithm::rsa_sha1:
      return std::string(before_sha1) + digest_of(DigestAlgorithm::sha1, bytes);
    case SignatureAlgorithm::rsa_sha256:
      return std::string(before_sha256) + digest_of(DigestAlgorithm::sha256, bytes);
  }
  return {};
}

std::string rsa_block(std::string_view digest_info, std::size_t modulus_size) {
  const std::string begin("\x00\x01", 2);
  const std::size_t rest = begin.size() + 1 + digest_info.size();
  return begin + std::string(modulus_size - std::min(modulus_size, rest), '\xFF') + std::string(1, '\0') +
         std::string(digest_info);
}

}  // namespace signing::gmt

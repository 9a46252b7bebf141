#include "signing/algorithm_guess.h"

#include <algorithm>

#include "base/base64.h"
#include "signing/digest.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

constexpr DigestAlgorithm digests[] = {DigestAlgorithm::sm3, DigestAlgorithm::sha1, DigestAlgorithm::sha256};
constexpr SignatureAlgorithm signatures[] = {SignatureAlgorithm::sm2_sm3, SignatureAlgorithm::rsa_sha1,
                                             SignatureAlgorithm::rsa_sha256};

const char* name_of(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::sm2_sm3:
      return "SM2/SM3";
    case SignatureAlgorithm::rsa_sha1:
      return "RSA/SHA-1";
    case SignatureAlgorithm::rsa_sha256:
      break;
  }
  return "RSA/SHA-256";
}

std::size_t size_of(DigestAlgorithm algorithm) { return algorithm == DigestAlgorithm::sha1 ? 20 : 32; }

std::string uris(const Dialect& dialect) {
  return "SignatureMethod " + dialect.signature_method + ", DigestMethod " + dialect.digest_method;
}

std::optional<SignatureAlgorithm> proven_signature(EVP_PKEY* key, const SignedBytes& signed_bytes) {
  const auto kind = kind_of(key);
  auto value = base::read_base64(signed_bytes.signature_value);
  if (!kind || !value) return std::nullopt;
  if (const auto pair = sm2_value_of_der(*value); pair && *kind == KeyKind::sm2) value = pair;
  const auto* found = std::ranges::find_if(signatures, [&](SignatureAlgorithm one) {
    return key_kind(one) == *kind && value_fits(key, one, signed_bytes.signed_info, *value);
  });
  if (found == std::end(signatures)) return std::nullopt;
  return *found;
}

}  // namespace

std::optional<Algorithms> proven_algorithms(EVP_PKEY* key, const SignedBytes& signed_bytes) {
  const auto signature = proven_signature(key, signed_bytes);
  const auto wanted = base::read_base64(signed_bytes.digest_value);
  if (!signature || !wanted) return std::nullopt;
  const auto* found = std::ranges::find_if(digests, [&](DigestAlgorithm one) {
    return size_of(one) == wanted->size() && digest_of(one, signed_bytes.document) == *wanted;
  });
  if (found == std::end(digests)) return std::nullopt;
  return Algorithms{*signature, *found};
}

Cause wrong_uris(const Algorithms& proven, std::span<const Dialect> accepted) {
  const std::string digest = proven.digest == DigestAlgorithm::sm3    ? "SM3"
                             : proven.digest == DigestAlgorithm::sha1 ? "SHA-1"
                                                                      : "SHA-256";
  const std::string name = name_of(proven.signature);
  CauseDetail detail{"实际为 " + name + "，报文摘要 " + digest,
                     "it is signed with " + name + ", the digest is " + digest};
  const auto fitting = std::ranges::find_if(accepted, [&](const Dialect& dialect) {
    return dialect.signature == proven.signature && dialect.digest == proven.digest;
  });
  if (fitting == accepted.end()) {
    return cause_named("wrong-algorithm", {detail.zh + "，没有一种可接受的签名方式用此组合；请重新签名",
                                           detail.en + ", which no accepted dialect has; sign it again"});
  }
  return cause_named("wrong-algorithm", {detail.zh + "，即 " + fitting->name + "，应写 " + uris(*fitting),
                                         detail.en + ", which is " + fitting->name + ": " + uris(*fitting)});
}

Cause other_dialect(const Dialect& found, const Dialect& expected) {
  return cause_named(
      "wrong-algorithm",
      {"报文按 " + found.name + " 签名，此口岸要求 " + expected.name + "（" + uris(expected) + "）",
       "it is signed as " + found.name + ", this port takes " + expected.name + " (" + uris(expected) + ")"});
}

}  // namespace signing

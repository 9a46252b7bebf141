#include "signing/signature_value.h"

#include <array>
#include <openssl/bn.h>
#include <openssl/err.h>

namespace signing {

namespace {

constexpr int half_size = static_cast<int>(sm2_value_size / 2);

}  // namespace

std::optional<KeyKind> kind_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "SM2") == 1) return KeyKind::sm2;
  if (EVP_PKEY_is_a(key, "RSA") == 1) return KeyKind::rsa;
  return std::nullopt;
}

const EVP_MD* message_digest(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::sm2_sm3:
      return EVP_sm3();
    case SignatureAlgorithm::rsa_sha1:
      return EVP_sha1();
    case SignatureAlgorithm::rsa_sha256:
      return EVP_sha256();
  }
  return nullptr;
}

bool value_fits(EVP_PKEY* key, SignatureAlgorithm algorithm, std::string_view bytes, std::string_view value,
                std::string_view sm2_user_id) {
  const bool sm2 = algorithm == SignatureAlgorithm::sm2_sm3;
  const std::string form = sm2 ? der_of_sm2_value(value) : std::string(value);
  const Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  const bool fits =
      EVP_DigestVerifyInit(context.get(), &parameters, message_digest(algorithm), nullptr, key) == 1 &&
      (!sm2 || EVP_PKEY_CTX_set1_id(parameters, sm2_user_id.data(), static_cast<int>(sm2_user_id.size())) == 1) &&
      EVP_DigestVerify(context.get(), octets(form), form.size(), octets(bytes), bytes.size()) == 1;
  ERR_clear_error();
  return fits;
}

bool sm2_value_fits_digest(EVP_PKEY* key, std::string_view digest, std::string_view value) {
  const std::string form = der_of_sm2_value(value);
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key, nullptr));
  const bool fits = EVP_PKEY_verify_init(context.get()) == 1 &&
                    EVP_PKEY_verify(context.get(), octets(form), form.size(), octets(digest), digest.size()) == 1;
  ERR_clear_error();
  return fits;
}

std::optional<std::string> sm2_value_of_der(std::string_view der) {
  const unsigned char* at = octets(der);
  const Handle<ECDSA_SIG> pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!pair || at != octets(der) + der.size()) return std::nullopt;
  std::array<unsigned char, sm2_value_size> value{};
  if (BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), value.data(), half_size) != half_size ||
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), value.data() + half_size, half_size) != half_size) {
    return std::nullopt;
  }
  return std::string(reinterpret_cast<const char*>(value.data()), value.size());
}

std::string der_of_sm2_value(std::string_view value) {
  if (value.size() != sm2_value_size) return {};
  const Handle<ECDSA_SIG> pair(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(octets(value), half_size, nullptr);
  BIGNUM* s = BN_bin2bn(octets(value.substr(half_size)), half_size, nullptr);
  if (ECDSA_SIG_set0(pair.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  std::string bytes(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return bytes;
}

}  // namespace signing

#include "signing/recovered_digest.h"

#include <array>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "signing/signature_value.h"

namespace signing {

namespace {

struct FreeCurve {
  void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
  void operator()(EC_POINT* point) const { EC_POINT_free(point); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};
template <class T>
using OwnedCurve = std::unique_ptr<T, FreeCurve>;

constexpr std::size_t half = sm2_value_size / 2;

// One recovery on the SM2 curve.
class Sm2Recovery {
 public:
  std::optional<std::string> run(const EVP_PKEY* key, std::string_view value) {
    std::array<unsigned char, 65> bytes{};
    std::size_t size = 0;
    if (!group_ || !key_point_ || !sum_ || !context_ || value.size() != sm2_value_size ||
        EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(), &size) != 1 ||
        EC_POINT_oct2point(group_.get(), key_point_.get(), bytes.data(), size, context_.get()) != 1) {
      return std::nullopt;
    }
    return digest(number(value.substr(0, half)), number(value.substr(half)));
  }

 private:
  static OwnedCurve<BIGNUM> number(std::string_view bytes) {
    return OwnedCurve<BIGNUM>(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
  }

  bool in_range(const BIGNUM* number) const {
    return number != nullptr && !BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(group_.get())) < 0;
  }

  // e = r - x1 (mod n), with (x1, y1) = s*G + (r + s)*P.
  std::optional<std::string> digest(const OwnedCurve<BIGNUM>& r, const OwnedCurve<BIGNUM>& s) {
    const BIGNUM* order = EC_GROUP_get0_order(group_.get());
    const OwnedCurve<BIGNUM> t(BN_new()), x(BN_new()), e(BN_new());
    if (!in_range(r.get()) || !in_range(s.get()) || !t || !x || !e ||
        BN_mod_add(t.get(), r.get(), s.get(), order, context_.get()) != 1 || BN_is_zero(t.get()) ||
        EC_POINT_mul(group_.get(), sum_.get(), s.get(), key_point_.get(), t.get(), context_.get()) != 1 ||
        EC_POINT_get_affine_coordinates(group_.get(), sum_.get(), x.get(), nullptr, context_.get()) != 1 ||
        BN_mod_sub(e.get(), r.get(), x.get(), order, context_.get()) != 1) {
      return std::nullopt;
    }
    std::string bytes(half, '\0');
    if (BN_bn2binpad(e.get(), reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(half)) < 0) {
      return std::nullopt;
    }
    return bytes;
  }

  OwnedCurve<EC_GROUP> group_{EC_GROUP_new_by_curve_name(NID_sm2)};
  OwnedCurve<EC_POINT> key_point_{EC_POINT_new(group_.get())}, sum_{EC_POINT_new(group_.get())};
  OwnedCurve<BN_CTX> context_{BN_CTX_new()};
};

std::optional<std::string> of_rsa(EVP_PKEY* key, std::string_view value) {
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(key, nullptr));
  std::string bytes(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
  std::size_t size = bytes.size();
  if (!context || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_verify_recover(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size, octets(value),
                              value.size()) != 1) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::optional<std::string> recovered_digest(EVP_PKEY* key, std::string_view value) {
  const auto kind = kind_of(key);
  auto found = kind == KeyKind::sm2   ? Sm2Recovery().run(key, value)
               : kind == KeyKind::rsa ? of_rsa(key, value)
                                      : std::nullopt;
  ERR_clear_error();
  return found;
}

}  // namespace signing

#include "signing/gmt/device_certificate.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>

#include "signing/certificate_reading.h"
#include "signing/gmt/device_faults.h"
#include "signing/signature_value.h"

namespace signing::gmt {

namespace {

constexpr int sm2_number_size = 32;

std::string public_number(const Certificate& certificate, const char* name, int size) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(certificate.read->public_key(), name, &number) != 1) return {};
  std::string bytes(static_cast<std::size_t>(std::max(size, BN_num_bytes(number))), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  BN_free(number);
  return bytes;
}

bool holds_in_order(std::string_view exported, std::initializer_list<std::string> numbers) {
  for (const auto& number : numbers) {
    const auto at = exported.find(number);
    if (number.empty() || at == std::string_view::npos) return false;
    exported.remove_prefix(at + number.size());
  }
  return true;
}

}  // namespace

base::Done compare_with_exported(const std::string& key, const Certificate& certificate, std::string_view exported) {
  const bool same =
      certificate.key_kind == KeyKind::sm2
          ? holds_in_order(exported, {public_number(certificate, OSSL_PKEY_PARAM_EC_PUB_X, sm2_number_size),
                                      public_number(certificate, OSSL_PKEY_PARAM_EC_PUB_Y, sm2_number_size)})
          : holds_in_order(exported, {public_number(certificate, OSSL_PKEY_PARAM_RSA_N, 0)});
  ERR_clear_error();
  if (same) return base::Nothing{};
  return certificate_fault(
      "证书（序列号 " + certificate.serial + "）不属于设备中的密钥 " + key + "；请指定与该密钥对应的证书",
      "the certificate (serial " + certificate.serial + ") does not belong to the key " + key +
          " in the device; name the certificate that was issued for it");
}

std::size_t rsa_modulus_size(const Certificate& certificate) {
  return static_cast<std::size_t>(EVP_PKEY_get_size(certificate.read->public_key()));
}

SignatureAlgorithm algorithm_of_proof(const Certificate& certificate) {
  return certificate.key_kind == KeyKind::sm2 ? SignatureAlgorithm::sm2_sm3 : SignatureAlgorithm::rsa_sha256;
}

base::Done check_proof(const std::string& key, const Certificate& certificate, std::string_view value) {
  if (value_fits(certificate.read->public_key(), algorithm_of_proof(certificate), text_of_proof, value)) {
    return base::Nothing{};
  }
  return unproven_fault(key, certificate.serial);
}

}  // namespace signing::gmt

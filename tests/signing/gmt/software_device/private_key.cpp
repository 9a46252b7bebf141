#include "tests/signing/gmt/software_device/private_key.h"

#include <algorithm>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace tests::gmt {

namespace {

std::string bytes_of(const BIGNUM* number, int size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size);
  return bytes;
}

}  // namespace

PrivateKey::PrivateKey(const std::string& file) {
  BIO* bio = BIO_new_file(file.c_str(), "rb");
  key_.reset(PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
}

bool PrivateKey::is_sm2() const { return EVP_PKEY_is_a(key_.get(), "SM2") == 1; }

std::string PrivateKey::number(const char* name) const {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key_.get(), name, &number);
  std::string bytes = bytes_of(number, BN_num_bytes(number));
  BN_free(number);
  return bytes;
}

std::optional<PrivateKey::Pair> PrivateKey::sign_digest(std::string_view digest) const {
  const auto der = sign(digest, 0);
  if (!der) return std::nullopt;
  const auto* at = reinterpret_cast<const unsigned char*>(der->data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der->size()));
  Pair pair{bytes_of(ECDSA_SIG_get0_r(signature), 32), bytes_of(ECDSA_SIG_get0_s(signature), 32)};
  ECDSA_SIG_free(signature);
  return pair;
}

std::optional<std::string> PrivateKey::pad_and_sign(std::string_view data) const {
  return sign(data, RSA_PKCS1_PADDING);
}

std::optional<std::string> PrivateKey::private_operation(std::string_view block) const {
  return sign(block, RSA_NO_PADDING);
}

std::optional<std::string> PrivateKey::sign(std::string_view data, int padding) const {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key_.get(), nullptr);
  std::string value(1024, '\0');
  std::size_t size = value.size();
  const bool done = EVP_PKEY_sign_init(context) == 1 &&
                    (padding == 0 || EVP_PKEY_CTX_set_rsa_padding(context, padding) == 1) &&
                    EVP_PKEY_sign(context, reinterpret_cast<unsigned char*>(value.data()), &size,
                                  reinterpret_cast<const unsigned char*>(data.data()), data.size()) == 1;
  EVP_PKEY_CTX_free(context);
  ERR_clear_error();
  if (!done) return std::nullopt;
  value.resize(size);
  return value;
}

void put_number(unsigned char* field, std::size_t size, std::string_view number) {
  std::fill_n(field, size, 0);
  std::copy(number.begin(), number.end(), field + size - number.size());
}

}  // namespace tests::gmt

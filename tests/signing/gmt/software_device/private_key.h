// The private operations of a device, by OpenSSL, on a PEM file.
#pragma once

#include <memory>
#include <openssl/evp.h>
#include <optional>
#include <string>
#include <string_view>

namespace tests::gmt {

class PrivateKey {
 public:
  explicit PrivateKey(const std::string& file);
  bool is_sm2() const;
  std::string number(const char* name) const;  // of the public key, as OSSL_PKEY_PARAM_… calls it

  struct Pair {
    std::string r, s;  // 32 bytes each
  };
  std::optional<Pair> sign_digest(std::string_view digest) const;
  std::optional<std::string> pad_and_sign(std::string_view data) const;  // PKCS#1, block type 1
  std::optional<std::string> private_operation(std::string_view block) const;

 private:
  std::optional<std::string> sign(std::string_view data, int padding) const;
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
};

// The number at the end of a field of `size` bytes.
void put_number(unsigned char* field, std::size_t size, std::string_view number);

}  // namespace tests::gmt

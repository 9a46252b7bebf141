// Key files as tests need them: made with OpenSSL, written with mode 0600. Throws if something cannot be made.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "signing/openssl_handles.h"

namespace tests {

signing::Handle<EVP_PKEY> read_key(const std::filesystem::path& pem);
signing::Handle<X509> read_certificate(const std::filesystem::path& pem);

// Signed by its own key; `usage` as OpenSSL's configuration writes keyUsage, empty: none.
struct CertificateWishes {
  std::string usage = "digitalSignature,nonRepudiation";
  base::Time not_after = std::chrono::sys_days{std::chrono::year{2050} / 1 / 1};
};
signing::Handle<X509> make_certificate(EVP_PKEY* key, const CertificateWishes& wishes = {});

std::string pem_of(EVP_PKEY* key);
std::string pem_of(X509* certificate);
std::string der_of(X509* certificate);
std::string encrypted_pem(EVP_PKEY* key, const std::string& passphrase);   // PKCS#8, AES-256
std::string older_pem(EVP_PKEY* key, const std::string& passphrase = "");  // RSA or SM2 PRIVATE KEY
std::string pkcs8_der(EVP_PKEY* key);
std::string encrypted_pkcs8_der(EVP_PKEY* key, const std::string& passphrase);
std::string gmssl_der(EVP_PKEY* key, const std::string& passphrase);  // PKCS#8, SM4, PBKDF2 with HMAC-SM3

// Without a passphrase: `null` writes none, `empty` an empty one.
enum class NoPassphrase { null, empty };
std::string pkcs12(const std::string& passphrase, EVP_PKEY* key, const std::vector<X509*>& certificates,
                   NoPassphrase kind = NoPassphrase::empty);

// With several pairs, as a card's signing and encryption pair are exported together.
std::string pkcs12_of_pairs(const std::string& passphrase, const std::vector<std::pair<EVP_PKEY*, X509*>>& pairs);

void write_private(const std::filesystem::path& file, const std::string& bytes);

}  // namespace tests

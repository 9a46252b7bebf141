#include "tests/signing/keys/key_files.h"

#include <array>
#include <memory>
#include <openssl/encoder.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include "tests/support/paths.h"

namespace tests {

namespace {

using signing::Handle;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("key files: ") + what);
}

template <class Write>
std::string written(Write write) {
  const Handle<BIO> bio(BIO_new(BIO_s_mem()));
  must(write(bio.get()) == 1, "not written");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string der_of(PKCS12* file) {
  return written([&](BIO* bio) { return i2d_PKCS12_bio(bio, file); });
}

std::string der(unsigned char tag, const std::string& content) {
  const std::size_t size = content.size();
  std::string head(1, static_cast<char>(tag));
  if (size >= 128) head += size < 256 ? "\x81" : "\x82";
  if (size >= 256) head += static_cast<char>(size >> 8);
  return head + static_cast<char>(size & 255) + content;
}

std::string object(const char* number) {
  ASN1_OBJECT* read = OBJ_txt2obj(number, 1);
  const std::string content(reinterpret_cast<const char*>(OBJ_get0_data(read)), OBJ_length(read));
  ASN1_OBJECT_free(read);
  return der(0x06, content);
}

}  // namespace

Handle<EVP_PKEY> read_key(const std::filesystem::path& pem) {
  const Handle<BIO> bio(BIO_new_file(pem.c_str(), "rb"));
  Handle<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  must(key != nullptr, "no key");
  return key;
}

Handle<X509> read_certificate(const std::filesystem::path& pem) {
  const Handle<BIO> bio(BIO_new_file(pem.c_str(), "rb"));
  Handle<X509> certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  must(certificate != nullptr, "no certificate");
  return certificate;
}

Handle<X509> make_certificate(EVP_PKEY* key, const CertificateWishes& wishes) {
  Handle<X509> certificate(X509_new());
  X509* own = certificate.get();
  X509_set_version(own, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(own), 0x77);
  ASN1_TIME_set(X509_getm_notBefore(own), 0);
  ASN1_TIME_set(X509_getm_notAfter(own), std::chrono::system_clock::to_time_t(wishes.not_after));
  X509_set_pubkey(own, key);
  if (!wishes.usage.empty()) {
    X509_EXTENSION* usage = X509V3_EXT_conf_nid(nullptr, nullptr, NID_key_usage, wishes.usage.c_str());
    must(usage != nullptr && X509_add_ext(own, usage, -1) == 1, "key usage");
    X509_EXTENSION_free(usage);
  }
  must(X509_sign(own, key, EVP_PKEY_is_a(key, "SM2") == 1 ? EVP_sm3() : EVP_sha256()) > 0, "not signed");
  return certificate;
}

std::string pem_of(EVP_PKEY* key) {
  return written([&](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

std::string pem_of(X509* certificate) {
  return written([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string der_of(X509* certificate) {
  return written([&](BIO* bio) { return i2d_X509_bio(bio, certificate); });
}

std::string encrypted_pem(EVP_PKEY* key, const std::string& passphrase) {
  return written([&](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, key, EVP_aes_256_cbc(), signing::octets(passphrase),
                                    static_cast<int>(passphrase.size()), nullptr, nullptr);
  });
}

std::string older_pem(EVP_PKEY* key, const std::string& passphrase) {
  OSSL_ENCODER_CTX* encoder = OSSL_ENCODER_CTX_new_for_pkey(key, EVP_PKEY_KEYPAIR, "PEM", "type-specific", nullptr);
  if (!passphrase.empty()) {
    OSSL_ENCODER_CTX_set_cipher(encoder, "AES-128-CBC", nullptr);
    OSSL_ENCODER_CTX_set_passphrase(encoder, signing::octets(passphrase), passphrase.size());
  }
  const std::string pem = written([&](BIO* bio) { return OSSL_ENCODER_to_bio(encoder, bio); });
  OSSL_ENCODER_CTX_free(encoder);
  return pem;
}

std::string pkcs8_der(EVP_PKEY* key) {
  return written([&](BIO* bio) { return i2d_PKCS8PrivateKeyInfo_bio(bio, key); });
}

std::string encrypted_pkcs8_der(EVP_PKEY* key, const std::string& passphrase) {
  return written([&](BIO* bio) {
    return i2d_PKCS8PrivateKey_bio(bio, key, EVP_aes_256_cbc(), passphrase.data(), static_cast<int>(passphrase.size()),
                                   nullptr, nullptr);
  });
}

std::string gmssl_der(EVP_PKEY* key, const std::string& passphrase) {
  const std::string salt = "saltsalt", vector = "sixteen bytes iv", plain = pkcs8_der(key);
  constexpr int rounds = 1000;
  std::array<unsigned char, 16> secret{};
  must(PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()), signing::octets(salt), 8, rounds,
                         EVP_sm3(), 16, secret.data()) == 1,
       "derivation");
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(),
                                                                               &EVP_CIPHER_CTX_free);
  EVP_EncryptInit_ex(cipher.get(), EVP_sm4_cbc(), nullptr, secret.data(), signing::octets(vector));
  std::string encrypted(plain.size() + 16, '\0');
  auto* into = reinterpret_cast<unsigned char*>(encrypted.data());
  int size = 0, rest = 0;
  EVP_EncryptUpdate(cipher.get(), into, &size, signing::octets(plain), static_cast<int>(plain.size()));
  must(EVP_EncryptFinal_ex(cipher.get(), into + size, &rest) == 1, "encryption");
  encrypted.resize(static_cast<std::size_t>(size + rest));

  const std::string function = der(0x30, object("1.2.156.10197.1.401.2"));
  const std::string derivation =
      der(0x30, object("1.2.840.113549.1.5.12") +
                    der(0x30, der(0x04, salt) + der(0x02, "\x03\xE8") + der(0x02, "\x10") + function));
  const std::string scheme = der(0x30, object("1.2.156.10197.1.104.2") + der(0x04, vector));
  const std::string algorithm = der(0x30, object("1.2.840.113549.1.5.13") + der(0x30, derivation + scheme));
  return der(0x30, algorithm + der(0x04, encrypted));
}

std::string pkcs12(const std::string& passphrase, EVP_PKEY* key, const std::vector<X509*>& certificates,
                   NoPassphrase kind) {
  STACK_OF(X509)* more = sk_X509_new_null();
  for (std::size_t i = 1; i < certificates.size(); ++i) sk_X509_push(more, certificates[i]);
  const bool null = passphrase.empty() && kind == NoPassphrase::null;
  PKCS12* file = PKCS12_create(null ? nullptr : passphrase.c_str(), "signing", key,
                               certificates.empty() ? nullptr : certificates.front(), more, 0, 0, 0, 0, 0);
  sk_X509_free(more);
  must(file != nullptr, "no PKCS#12");
  const std::string bytes = der_of(file);
  PKCS12_free(file);
  return bytes;
}

std::string pkcs12_of_pairs(const std::string& passphrase, const std::vector<std::pair<EVP_PKEY*, X509*>>& pairs) {
  STACK_OF(PKCS12_SAFEBAG)* keys = nullptr;
  STACK_OF(PKCS12_SAFEBAG)* certificates = nullptr;
  STACK_OF(PKCS7)* safes = nullptr;
  for (const auto& [key, certificate] : pairs) {
    must(PKCS12_add_key(&keys, key, 0, 2048, NID_aes_256_cbc, passphrase.c_str()) != nullptr, "key bag");
    must(PKCS12_add_cert(&certificates, certificate) != nullptr, "certificate bag");
  }
  must(PKCS12_add_safe(&safes, keys, -1, 0, nullptr) == 1, "keys");
  must(PKCS12_add_safe(&safes, certificates, NID_aes_256_cbc, 2048, passphrase.c_str()) == 1, "certificates");
  PKCS12* file = PKCS12_add_safes(safes, 0);
  must(PKCS12_set_mac(file, passphrase.c_str(), -1, nullptr, 0, 2048, EVP_sha256()) == 1, "MAC");
  const std::string bytes = der_of(file);
  PKCS12_free(file);
  sk_PKCS7_pop_free(safes, PKCS7_free);
  sk_PKCS12_SAFEBAG_pop_free(keys, PKCS12_SAFEBAG_free);
  sk_PKCS12_SAFEBAG_pop_free(certificates, PKCS12_SAFEBAG_free);
  return bytes;
}

void write_private(const std::filesystem::path& file, const std::string& bytes) {
  write_file(file, bytes);
  using std::filesystem::perms;
  permissions(file, perms::owner_read | perms::owner_write);
}

}  // namespace tests

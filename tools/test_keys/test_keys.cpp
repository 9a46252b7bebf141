#include "tools/test_keys/test_keys.h"

#include <array>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <string_view>
#include <unistd.h>

namespace tools::test_keys {

namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("test keys: ") + what);
}

enum class Algorithm { sm2, rsa };

Owned<EVP_PKEY> make_key(Algorithm algorithm) {
  Owned<EVP_PKEY> key(algorithm == Algorithm::sm2 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")
                                                  : EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
  must(key != nullptr, "no key was made");
  return key;
}

void add_name(X509_NAME* name, const char* field, std::string_view value) {
  must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                  static_cast<int>(value.size()), -1, 0) == 1,
       "name");
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

void set_validity(X509* certificate, const TestValidity& validity) {
  const auto seconds = [](base::Time time) { return std::chrono::system_clock::to_time_t(time); };
  must(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(validity.not_before)) != nullptr, "dates");
  must(ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(validity.not_after)) != nullptr, "dates");
}

// GM/T 0009-2012 §10: without an agreed one the user id is 1234567812345678; OpenSSL's default is the empty one.
void sign_certificate(X509* certificate, EVP_PKEY* key) {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  const bool sm2 = EVP_PKEY_is_a(key, "SM2") == 1;
  must(EVP_DigestSignInit(context.get(), &parameters, sm2 ? EVP_sm3() : EVP_sha256(), nullptr, key) == 1, "sign init");
  if (sm2) must(EVP_PKEY_CTX_set1_id(parameters, "1234567812345678", 16) == 1, "user id");
  must(X509_sign_ctx(certificate, context.get()) > 0, "sign");
}

std::string random_serial(X509* certificate) {
  std::array<unsigned char, 8> bytes{};
  must(RAND_bytes(bytes.data(), bytes.size()) == 1, "random");
  bytes[0] = 3;  // as the E-Port's certificates: positive, and a leading zero is printed
  constexpr std::string_view digits = "0123456789abcdef";
  std::string serial;
  for (const unsigned char byte : bytes) serial.append({digits[byte >> 4], digits[byte & 15]});
  BIGNUM* number = BN_bin2bn(bytes.data(), bytes.size(), nullptr);
  const bool done = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  must(done, "serial");
  return serial;
}

void write_certificate(const std::filesystem::path& file, X509* certificate) {
  const Owned<BIO> bio(BIO_new_file(file.c_str(), "wb"));
  must(bio && PEM_write_bio_X509(bio.get(), certificate) == 1, "certificate PEM");
}

void write_key(const std::filesystem::path& file, EVP_PKEY* key) {
  const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  must(descriptor >= 0, "key file");
  const Owned<BIO> bio(BIO_new_fd(descriptor, BIO_CLOSE));
  must(bio && PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "key PEM");
}

Owned<X509> blank_certificate(EVP_PKEY* key, const TestValidity& validity) {
  Owned<X509> certificate(X509_new());
  must(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "certificate");
  set_validity(certificate.get(), validity);
  must(X509_set_pubkey(certificate.get(), key) == 1, "public key");
  add_name(X509_get_subject_name(certificate.get()), "C", "CN");
  return certificate;
}

}  // namespace

struct TestAuthority::Root {
  Algorithm algorithm;
  std::string name;
  Owned<EVP_PKEY> key;
  Owned<X509> certificate;

  Root(Algorithm kind, std::string title) : algorithm(kind), name(std::move(title)), key(make_key(kind)) {
    certificate = blank_certificate(key.get(), {});
    X509* own = certificate.get();
    random_serial(own);
    add_name(X509_get_subject_name(own), "CN", "Test " + name + " root");
    must(X509_set_issuer_name(own, X509_get_subject_name(own)) == 1, "issuer");
    add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(own, own, NID_subject_key_identifier, "hash");
    sign_certificate(own, key.get());
  }
};

TestAuthority::TestAuthority(const std::filesystem::path& folder)
    : folder_(folder),
      sm2_(std::make_unique<Root>(Algorithm::sm2, "sm2")),
      rsa_(std::make_unique<Root>(Algorithm::rsa, "rsa")) {
  std::filesystem::create_directories(folder_);
  write_certificate(sm2_root(), sm2_->certificate.get());
  write_certificate(rsa_root(), rsa_->certificate.get());
}

TestAuthority::~TestAuthority() = default;

std::filesystem::path TestAuthority::sm2_root() const { return folder_ / "sm2-ca.cert.pem"; }
std::filesystem::path TestAuthority::rsa_root() const { return folder_ / "rsa-ca.cert.pem"; }

TestIdentity TestAuthority::issue_sm2(const std::string& company, const TestValidity& validity) {
  return issue(*sm2_, company, validity);
}

TestIdentity TestAuthority::issue_rsa(const std::string& company, const TestValidity& validity) {
  return issue(*rsa_, company, validity);
}

TestIdentity TestAuthority::issue(const Root& root, const std::string& company, const TestValidity& validity) {
  const auto key = make_key(root.algorithm);
  const auto certificate = blank_certificate(key.get(), validity);
  X509* own = certificate.get();
  TestIdentity identity;
  identity.serial = random_serial(own);
  add_name(X509_get_subject_name(own), "OU", company);
  add_name(X509_get_subject_name(own), "CN", "operator");
  must(X509_set_issuer_name(own, X509_get_subject_name(root.certificate.get())) == 1, "issuer");
  add_extension(own, root.certificate.get(), NID_basic_constraints, "CA:FALSE");
  add_extension(own, root.certificate.get(), NID_key_usage, "critical,digitalSignature,nonRepudiation");
  add_extension(own, root.certificate.get(), NID_subject_key_identifier, "hash");
  add_extension(own, root.certificate.get(), NID_authority_key_identifier, "keyid");
  sign_certificate(own, root.key.get());

  const std::string stem = root.name + "-" + std::to_string(++issued_);
  identity.key = folder_ / (stem + ".key.pem");
  identity.certificate = folder_ / (stem + ".cert.pem");
  write_key(identity.key, key.get());
  write_certificate(identity.certificate, own);
  return identity;
}

}  // namespace tools::test_keys

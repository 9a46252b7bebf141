#include "tests/support/tls_files.h"

#include <cstdio>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace tests {

namespace {

struct Closed {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(FILE* file) const { std::fclose(file); }
};

template <class T>
using Owned = std::unique_ptr<T, Closed>;

struct Pair {
  Owned<EVP_PKEY> key;
  Owned<X509> certificate;
};

void add_extension(X509* certificate, int kind, const char* value) {
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
  X509_add_ext(certificate, extension.get(), -1);
}

// Not yet signed.
Pair new_pair(const char* subject) {
  Pair pair{Owned<EVP_PKEY>(EVP_EC_gen("P-256")), Owned<X509>(X509_new())};
  X509* certificate = pair.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, pair.key.get());
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(subject), -1, -1, 0);
  return pair;
}

void sign(const Pair& pair, const Pair& issuer) {
  X509_set_issuer_name(pair.certificate.get(), X509_get_subject_name(issuer.certificate.get()));
  X509_sign(pair.certificate.get(), issuer.key.get(), EVP_sha256());
}

void write(const X509* certificate, const std::filesystem::path& file) {
  const Owned<FILE> opened(std::fopen(file.c_str(), "w"));
  PEM_write_X509(opened.get(), certificate);
}

TlsFiles written(const Pair& pair, const std::filesystem::path& folder) {
  TlsFiles files{folder / "tls.cert.pem", folder / "tls.key.pem"};
  write(pair.certificate.get(), files.certificate);
  const Owned<FILE> key_file(std::fopen(files.key.c_str(), "w"));
  PEM_write_PrivateKey(key_file.get(), pair.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return files;
}

}  // namespace

TlsFiles make_tls_files(const std::filesystem::path& folder, const char* names) {
  const Pair pair = new_pair("test");
  add_extension(pair.certificate.get(), NID_subject_alt_name, names);
  sign(pair, pair);
  return written(pair, folder);
}

IssuedTlsFiles make_issued_tls_files(const std::filesystem::path& folder, const char* names) {
  const Pair ca = new_pair("test ca");
  add_extension(ca.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  sign(ca, ca);
  const Pair pair = new_pair("test");
  add_extension(pair.certificate.get(), NID_subject_alt_name, names);
  sign(pair, ca);
  write(ca.certificate.get(), folder / "ca.cert.pem");
  return {folder / "ca.cert.pem", written(pair, folder)};
}

}  // namespace tests

#include "signing/certificate_reading.h"

#include <ctime>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "signing/signature_value.h"

namespace signing {

namespace {

base::Fault not_a_certificate() {
  return {.code = "key.form",
          .path = {},
          .zh = "不是 X.509 证书；请使用 PEM 格式的证书（以 -----BEGIN CERTIFICATE----- 开头）",
          .en = "this is not an X.509 certificate; use one in PEM form (it begins -----BEGIN CERTIFICATE-----)",
          .source = {}};
}

Handle<X509> with_user_id(Handle<X509> x509) {
  if (!x509) ERR_clear_error();
  if (!x509 || X509_get_signature_nid(x509.get()) != NID_SM2_with_SM3) return x509;
  ASN1_OCTET_STRING* id = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(id, octets(customs_user_id), static_cast<int>(customs_user_id.size()));
  X509_set0_distinguishing_id(x509.get(), id);
  return x509;
}

std::string printed_serial(X509* x509) {
  constexpr std::string_view digits = "0123456789abcdef";
  const ASN1_INTEGER* number = X509_get0_serialNumber(x509);
  const int size = ASN1_STRING_length(number);
  std::string text = ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER ? "-" : "";
  if (size == 0) return text + "00";
  const unsigned char* bytes = ASN1_STRING_get0_data(number);
  for (int i = 0; i < size; ++i) text.append({digits[bytes[i] >> 4], digits[bytes[i] & 15]});
  return text;
}

std::string printed_name(const X509_NAME* name) {
  const Handle<BIO> bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

base::Time time_of(const ASN1_TIME* written) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(written, &parts) != 1) return {};
  return base::Time(std::chrono::seconds(timegm(&parts)));
}

std::string der_of(X509* x509) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(x509, &der);
  std::string bytes(reinterpret_cast<const char*>(der), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return bytes;
}

}  // namespace

Handle<X509> read_x509_der(std::string_view der) {
  const unsigned char* at = octets(der);
  Handle<X509> x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (x509 && at != octets(der) + der.size()) x509.reset();
  return with_user_id(std::move(x509));
}

Handle<X509> next_x509_pem(BIO* pem) {
  return with_user_id(Handle<X509>(PEM_read_bio_X509(pem, nullptr, nullptr, nullptr)));
}

bool may_sign(const X509* x509) {
  constexpr int digital_signature = 0, non_repudiation = 1;  // RFC 5280 §4.2.1.3
  const std::unique_ptr<ASN1_BIT_STRING, decltype(&ASN1_BIT_STRING_free)> usage(
      static_cast<ASN1_BIT_STRING*>(X509_get_ext_d2i(x509, NID_key_usage, nullptr, nullptr)), &ASN1_BIT_STRING_free);
  ERR_clear_error();
  return !usage || ASN1_BIT_STRING_get_bit(usage.get(), digital_signature) == 1 ||
         ASN1_BIT_STRING_get_bit(usage.get(), non_repudiation) == 1;
}

base::Result<Certificate> describe(Handle<X509> x509) {
  const EVP_PKEY* key = X509_get0_pubkey(x509.get());
  const auto kind = key != nullptr ? kind_of(key) : std::nullopt;
  ERR_clear_error();
  if (!kind) {
    return base::Fault{.code = "key.kind",
                       .path = {},
                       .zh = "证书的公钥既不是 SM2 也不是 RSA；请使用电子口岸签发的 SM2 或 RSA 证书",
                       .en =
                           "the certificate's key is neither SM2 nor RSA; use the SM2 or RSA certificate that the "
                           "E-Port issued",
                       .source = "报文规范 202205 §6"};
  }
  Certificate certificate{.der = der_of(x509.get()),
                          .serial = printed_serial(x509.get()),
                          .subject = printed_name(X509_get_subject_name(x509.get())),
                          .issuer = printed_name(X509_get_issuer_name(x509.get())),
                          .not_before = time_of(X509_get0_notBefore(x509.get())),
                          .not_after = time_of(X509_get0_notAfter(x509.get())),
                          .key_kind = *kind,
                          .read = nullptr};
  certificate.read = std::make_shared<const ReadCertificate>(ReadCertificate{std::move(x509)});
  return certificate;
}

base::Result<Certificate> Certificate::from_pem(std::string_view pem) {
  const Handle<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  auto x509 = next_x509_pem(bio.get());
  if (!x509) return not_a_certificate();
  return describe(std::move(x509));
}

base::Result<Certificate> Certificate::from_der(std::string_view der) {
  auto x509 = read_x509_der(der);
  if (!x509) return not_a_certificate();
  return describe(std::move(x509));
}

}  // namespace signing

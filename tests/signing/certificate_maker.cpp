#include "tests/signing/certificate_maker.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include "signing/keys/software_key.h"

namespace tests {

namespace {

using signing::Handle;

void made_sure(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("made certificates: ") + what);
}

Handle<EVP_MD_CTX> signing_context(EVP_PKEY* key, const std::string& user_id) {
  Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  const bool sm2 = EVP_PKEY_is_a(key, "SM2") == 1;
  made_sure(EVP_DigestSignInit(context.get(), &parameters, sm2 ? EVP_sm3() : EVP_sha256(), nullptr, key) == 1,
            "sign init");
  if (sm2)
    made_sure(EVP_PKEY_CTX_set1_id(parameters, user_id.data(), static_cast<int>(user_id.size())) == 1, "user id");
  return context;
}

void add_name(X509_NAME* name, const char* field, const std::string& value) {
  if (value.empty()) return;
  made_sure(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, signing::octets(value),
                                       static_cast<int>(value.size()), -1, 0) == 1,
            "name");
}

void add_standard(X509* certificate, int kind, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, nullptr, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  made_sure(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, "extension");
  X509_EXTENSION_free(extension);
}

X509_EXTENSION* own_extension(const std::string& name, const std::string& bytes, int critical) {
  ASN1_OBJECT* object = OBJ_txt2obj(name.c_str(), 1);
  ASN1_OCTET_STRING* value = ASN1_OCTET_STRING_new();
  made_sure(ASN1_OCTET_STRING_set(value, signing::octets(bytes), static_cast<int>(bytes.size())) == 1, "octets");
  X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, object, critical, value);
  ASN1_OBJECT_free(object);
  ASN1_OCTET_STRING_free(value);
  made_sure(extension != nullptr, "own extension");
  return extension;
}

template <class Write, class What>
std::string written(Write write, What what) {
  const Handle<BIO> bio(BIO_new(BIO_s_mem()));
  made_sure(write(bio.get(), what) == 1, "write");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::time_t seconds(base::Time time) { return std::chrono::system_clock::to_time_t(time); }

void set_time(X509_CRL* list, base::Time time, int (*set)(X509_CRL*, const ASN1_TIME*)) {
  ASN1_TIME* made = ASN1_TIME_set(nullptr, seconds(time));
  made_sure(made != nullptr && set(list, made) == 1, "time");
  ASN1_TIME_free(made);
}

void add_entry(X509_CRL* list, const MadeCertificate& revoked, const RevocationPlan& plan) {
  X509_REVOKED* entry = X509_REVOKED_new();
  ASN1_TIME* at = ASN1_TIME_set(nullptr, seconds(plan.revoked_at));
  made_sure(X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(revoked.x509.get())) == 1 &&
                X509_REVOKED_set_revocationDate(entry, at) == 1,
            "entry");
  ASN1_TIME_free(at);
  if (plan.reason >= 0) {
    ASN1_ENUMERATED* code = ASN1_ENUMERATED_new();
    made_sure(ASN1_ENUMERATED_set(code, plan.reason) == 1 &&
                  X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, code, 0, 0) == 1,
              "reason");
    ASN1_ENUMERATED_free(code);
  }
  made_sure(X509_CRL_add0_revoked(list, entry) == 1, "entry");
}

void add_distribution_point(X509_CRL* list, const std::string& uri) {
  ISSUING_DIST_POINT* part = ISSUING_DIST_POINT_new();
  part->distpoint = DIST_POINT_NAME_new();
  part->distpoint->type = 0;
  part->distpoint->name.fullname = sk_GENERAL_NAME_new_null();
  GENERAL_NAME* name = a2i_GENERAL_NAME(nullptr, nullptr, nullptr, GEN_URI, uri.c_str(), 0);
  made_sure(name != nullptr && sk_GENERAL_NAME_push(part->distpoint->name.fullname, name) > 0 &&
                X509_CRL_add1_ext_i2d(list, NID_issuing_distribution_point, part, 1, 0) == 1,
            "distribution point");
  ISSUING_DIST_POINT_free(part);
}

}  // namespace

std::string der(unsigned char tag, const std::string& content) {
  std::string made(1, static_cast<char>(tag));
  if (content.size() > 127) made += std::string("\x82") + static_cast<char>(content.size() >> 8);
  return made + static_cast<char>(content.size() & 0xFF) + content;
}

CertificatePlan authority(const std::string& name, const MadeCertificate* issuer) {
  return {.name = name,
          .company = {},
          .issuer = issuer,
          .constraints = "critical,CA:TRUE",
          .usage = "critical,keyCertSign,cRLSign"};
}

MadeCertificate make_certificate(signing::KeyKind kind, const CertificatePlan& plan) {
  MadeCertificate made;
  if (plan.key != nullptr && EVP_PKEY_up_ref(plan.key) == 1) {
    made.key.reset(plan.key);
  } else {
    made.key.reset(kind == signing::KeyKind::sm2 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")
                                                 : EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
  }
  made.x509.reset(X509_new());
  X509* own = made.x509.get();
  static std::int64_t serial = 0x0300000000000001;
  made_sure(made.key != nullptr && X509_set_version(own, X509_VERSION_3) == 1 &&
                ASN1_INTEGER_set_int64(X509_get_serialNumber(own), serial++) == 1 &&
                X509_set_pubkey(own, made.key.get()) == 1,
            "certificate");
  made_sure(ASN1_TIME_set(X509_getm_notBefore(own), seconds(plan.validity.not_before)) != nullptr &&
                ASN1_TIME_set(X509_getm_notAfter(own), seconds(plan.validity.not_after)) != nullptr,
            "dates");
  add_name(X509_get_subject_name(own), "C", "CN");
  add_name(X509_get_subject_name(own), "OU", plan.company);
  add_name(X509_get_subject_name(own), "CN", plan.name);
  const MadeCertificate& issuer = plan.issuer == nullptr ? made : *plan.issuer;
  made_sure(X509_set_issuer_name(own, X509_get_subject_name(issuer.x509.get())) == 1, "issuer");
  add_standard(own, NID_basic_constraints, plan.constraints);
  add_standard(own, NID_key_usage, plan.usage);
  if (!plan.distribution_point.empty()) {
    add_standard(own, NID_crl_distribution_points, "URI:" + plan.distribution_point);
  }
  for (const auto& [name, bytes] : plan.extensions) {
    X509_EXTENSION* extension = own_extension(name, bytes, 0);
    made_sure(X509_add_ext(own, extension, -1) == 1, "own extension");
    X509_EXTENSION_free(extension);
  }
  made_sure(X509_sign_ctx(own, signing_context(issuer.key.get(), "1234567812345678").get()) > 0, "sign");
  made.pem = written(PEM_write_bio_X509, own);
  return made;
}

std::string make_revocation_list(const MadeCertificate& issuer, const RevocationPlan& plan) {
  const Handle<X509_CRL> list(X509_CRL_new());
  made_sure(X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) == 1 &&
                X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.x509.get())) == 1,
            "list");
  set_time(list.get(), std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}, X509_CRL_set1_lastUpdate);
  set_time(list.get(), plan.next_update, X509_CRL_set1_nextUpdate);
  for (const auto* revoked : plan.revoked) add_entry(list.get(), *revoked, plan);
  if (!plan.distribution_point.empty()) add_distribution_point(list.get(), plan.distribution_point);
  for (const auto& [name, bytes] : plan.critical_extensions) {
    X509_EXTENSION* extension = own_extension(name, bytes, 1);
    made_sure(X509_CRL_add_ext(list.get(), extension, -1) == 1, "own extension");
    X509_EXTENSION_free(extension);
  }
  made_sure(X509_CRL_sort(list.get()) == 1 &&
                X509_CRL_sign_ctx(list.get(), signing_context(issuer.key.get(), plan.user_id).get()) > 0,
            "sign");
  return written(i2d_X509_CRL_bio, list.get());
}

std::string revocation_list_pem(const std::string& der) {
  const unsigned char* at = signing::octets(der);
  const Handle<X509_CRL> list(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  made_sure(list != nullptr, "list");
  return written(PEM_write_bio_X509_CRL, list.get());
}

std::shared_ptr<const signing::Key> open_made(const MadeCertificate& made) {
  EVP_PKEY_up_ref(made.key.get());
  auto opened = signing::keys::make_software_key(signing::Handle<EVP_PKEY>(made.key.get()),
                                                 signing::Certificate::from_pem(made.pem).value(), "made", "made");
  if (!opened) throw std::runtime_error(opened.faults().front().en);
  return *opened;
}

}  // namespace tests

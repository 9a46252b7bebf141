// Makes certificates and revocation lists of any form with OpenSSL: authorities at every level, private extensions,
// lists in parts. SM2 signatures have user id 1234567812345678 unless told otherwise. Throws if something cannot be
// made.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "signing/dialect.h"
#include "signing/key.h"
#include "signing/openssl_handles.h"
#include "tests/support/test_keys.h"

namespace tests {

struct MadeCertificate {
  signing::Handle<EVP_PKEY> key;
  signing::Handle<X509> x509;
  std::string pem;
};

struct CertificatePlan {
  std::string name, company;
  const MadeCertificate* issuer = nullptr;  // null: itself
  std::string constraints = "CA:FALSE";
  std::string usage = "critical,digitalSignature,nonRepudiation";  // empty: no such extension
  std::string distribution_point{};                                // a URI
  std::vector<std::pair<std::string, std::string>> extensions{};   // OID, bytes
  TestValidity validity{};
  EVP_PKEY* key = nullptr;  // null: a new one
};

MadeCertificate make_certificate(signing::KeyKind kind, const CertificatePlan& plan);
CertificatePlan authority(const std::string& name, const MadeCertificate* issuer = nullptr);

struct RevocationPlan {
  std::vector<const MadeCertificate*> revoked{};
  base::Time revoked_at = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
  base::Time next_update = std::chrono::sys_days{std::chrono::year{2027} / 1 / 1};
  int reason = -1;                   // RFC 5280 §5.3.1
  std::string distribution_point{};  // of a list that is one part
  std::string user_id = "1234567812345678";
  std::vector<std::pair<std::string, std::string>> critical_extensions{};  // OID, bytes
};

std::string make_revocation_list(const MadeCertificate& issuer, const RevocationPlan& plan);  // DER
std::string revocation_list_pem(const std::string& der);

// The key with its certificate, written into `folder` and opened.
std::shared_ptr<const signing::Key> open_made(const MadeCertificate& made, const std::filesystem::path& folder);

// DER: one element.
std::string der(unsigned char tag, const std::string& content);

}  // namespace tests

// X.509 certificates: what people and messages need to know of one. The conversions from and to OpenSSL are in
// certificate_reading.h.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "signing/dialect.h"

namespace signing {

struct ReadCertificate;  // OpenSSL's form, read once and shared

struct Certificate {
  std::string der;      // bytes
  std::string serial;   // as `openssl x509 -serial` prints it, in lower case: what KeyName carries
  std::string subject;  // RFC 2253, for people
  std::string issuer;
  base::Time not_before, not_after;
  KeyKind key_kind;
  std::shared_ptr<const ReadCertificate> read;

  // Fault key.form: no certificate; key.kind: its key is neither SM2 nor RSA.
  static base::Result<Certificate> from_pem(std::string_view pem);
  static base::Result<Certificate> from_der(std::string_view der);
};

}  // namespace signing

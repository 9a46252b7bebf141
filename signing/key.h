// An enterprise's signing key with its certificate, wherever the key lives. sign() may run on many threads at once.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "signing/dialect.h"

namespace signing {

struct Certificate {
  std::string der;      // bytes
  std::string serial;   // as `openssl x509 -serial` prints it, in lower case: what KeyName carries
  std::string subject;  // RFC 2253, for people
  std::string issuer;
  base::Time not_before, not_after;
  KeyKind key_kind;

  static base::Result<Certificate> from_pem(std::string_view pem);
  static base::Result<Certificate> from_der(std::string_view der);
};

class Key {
 public:
  virtual ~Key() = default;
  virtual const Certificate& certificate() const = 0;
  // The SignatureValue's bytes over `bytes`: r and s, 64 bytes, for SM2 with SM3 and user id 1234567812345678
  // (GM/T 0009-2012 §10); PKCS#1 v1.5 with SHA-1 for RSA (rsa-sha1).
  virtual base::Result<std::string> sign(std::string_view bytes) const = 0;
};

// `key`: file:PATH or a bare path to a PEM private key. Faults: key.read, key.form, key.certificate (the certificate is
// not this key's), key.kind, each with what to do.
base::Result<std::shared_ptr<const Key>> open_key(const std::string& key, const std::filesystem::path& certificate);

// A key file that group or others may read: one sentence with the command that mends it; nothing to say: no faults.
base::Faults key_file_care(const std::string& key);

}  // namespace signing

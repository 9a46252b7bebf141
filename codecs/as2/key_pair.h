// A private RSA key with its certificate: what signs our messages and opens those that are encrypted for us. Copies
// share one key; safe from every thread.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "base/secret.h"
#include "signing/certificate.h"

namespace codecs::as2 {

struct PrivateKey;  // OpenSSL's form: private_key.h

class KeyPair {
 public:
  // PEM, encrypted or not. Faults: key.form, key.pin (the passphrase is missing or wrong), key.kind (not RSA),
  // key.certificate (another key's).
  static base::Result<KeyPair> from_pem(const base::Secret& key, const base::Secret& passphrase,
                                        const signing::Certificate& certificate);

  // The certificate may stand in the key's file. Faults: those, and key.read.
  static base::Result<KeyPair> from_files(const std::filesystem::path& key, const base::Secret& passphrase,
                                          const std::filesystem::path& certificate);

  const signing::Certificate& certificate() const { return certificate_; }
  const PrivateKey& private_key() const { return *key_; }

 private:
  KeyPair(std::shared_ptr<const PrivateKey> key, signing::Certificate certificate)
      : key_(std::move(key)), certificate_(std::move(certificate)) {}

  std::shared_ptr<const PrivateKey> key_;
  signing::Certificate certificate_;
};

}  // namespace codecs::as2

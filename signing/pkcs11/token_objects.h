// The private key that a URI means, and the certificate that stands with it in the token. Calls into the module: on a
// thread that may hang.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "signing/certificate.h"
#include "signing/pkcs11/key_uri.h"
#include "signing/pkcs11/session.h"

namespace signing::pkcs11 {

struct TokenKey {
  CK_OBJECT_HANDLE handle;
  std::string label, id;
  bool confirms_each = false;  // CKA_ALWAYS_AUTHENTICATE: the PIN again for every signature
};

// Faults: key.form where there is none, or several, with their names; key.absent, key.sign.
base::Result<TokenKey> find_private_key(const Session& session, const KeyUri& uri);

// Of the same id, else of the same label. Faults: key.certificate, key.absent, key.sign.
base::Result<Certificate> find_certificate(const Session& session, const TokenKey& key, const KeyUri& uri);

// key.certificate.
base::Fault wrong_certificate(const KeyUri& uri, const Certificate& certificate);

// Whether the token tells another public key for `key` than the certificate's: an RSA modulus, or a point. What it does
// not tell contradicts nothing.
bool contradicts(const Session& session, const TokenKey& key, const Certificate& certificate, const KeyUri& uri);

}  // namespace signing::pkcs11

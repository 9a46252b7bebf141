// X.509 certificates between OpenSSL and our own Certificate. Safe from every thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "signing/certificate.h"
#include "signing/openssl_handles.h"

namespace signing {

struct ReadCertificate {
  Handle<X509> x509;
  EVP_PKEY* public_key() const { return X509_get0_pubkey(x509.get()); }
};

// Null for what is no certificate. SM2 signatures of and under it are then checked with the customs' user id.
Handle<X509> read_x509_der(std::string_view der);
Handle<X509> next_x509_pem(BIO* pem);

// Whether its keyUsage lets the key make signatures; one without keyUsage may. A card often holds a second pair that is
// for encryption only.
bool may_sign(const X509* x509);

// Fault key.kind where the certificate's key is neither SM2 nor RSA.
base::Result<Certificate> describe(Handle<X509> x509);

}  // namespace signing

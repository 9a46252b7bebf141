// OpenSSL's form of a key and of its certificate; of this module alone.
#pragma once

#include "codecs/as2/key_pair.h"
#include "signing/certificate_reading.h"
#include "signing/openssl_handles.h"

namespace codecs::as2 {

struct PrivateKey {
  signing::Handle<EVP_PKEY> key;
};

// OpenSSL takes keys and certificates that it only reads as not constant.
inline EVP_PKEY* key_of(const KeyPair& pair) { return pair.private_key().key.get(); }
inline X509* x509_of(const signing::Certificate& certificate) { return certificate.read->x509.get(); }

}  // namespace codecs::as2

// A library context of OpenSSL with what key files are encrypted with: also RC2, RC4 and DES of old ones, where
// OpenSSL's legacy module is installed, and GmSSL's key derivation with HMAC-SM3. Whatever is read within it goes
// before it does; signatures never use it.
#pragma once

#include <openssl/provider.h>

namespace signing::keys {

class KeyFileAlgorithms {
 public:
  KeyFileAlgorithms();
  ~KeyFileAlgorithms();
  KeyFileAlgorithms(const KeyFileAlgorithms&) = delete;
  KeyFileAlgorithms& operator=(const KeyFileAlgorithms&) = delete;
  OSSL_LIB_CTX* context() const { return context_; }

 private:
  OSSL_LIB_CTX* context_;
  OSSL_PROVIDER *current_, *legacy_;  // legacy: null where its module is not there
};

}  // namespace signing::keys

// The customs' algorithms as libxmlsec1 classes: signature methods and digest methods of every dialect, and the key
// data that carries a Key (to sign) or a certificate's public key (to verify). Nothing of xmlsec's own cryptography is
// used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <xmlsec/xmldsig.h>

#include "signing/key.h"
#include "signing/openssl_handles.h"

namespace signing {

// Who signs or verifies in one run, and what came of it. Outlives the xmlSecKey made of it.
struct Party {
  const Key* signer = nullptr;       // to sign
  EVP_PKEY* public_key = nullptr;    // to verify
  KeyKind key_kind = KeyKind::sm2;   // of the one that is set
  std::string signed_info;           // the canonical bytes that were signed
  std::optional<bool> value_fits{};  // after verifying
  base::Faults faults{};             // why the key did not sign
};

struct XmlsecFree {
  void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
  void operator()(xmlSecTransformCtx* context) const { xmlSecTransformCtxDestroy(context); }
  void operator()(xmlSecKey* key) const { xmlSecKeyDestroy(key); }
};
template <class T>
using XmlsecHandle = std::unique_ptr<T, XmlsecFree>;

// A context that uses only `party`'s key and only URI="". The library is set up at the first call.
XmlsecHandle<xmlSecDSigCtx> make_context(Party& party);

}  // namespace signing

// Keys in tokens that speak PKCS#11 2.40, named by a URI (RFC 7512); the module is loaded directly. RSA signs with
// CKM_RSA_PKCS, SM2 with the mechanism that the settings name.
#pragma once

#include <memory>

#include "base/result.h"
#include "signing/key.h"
#include "signing/key_source.h"

namespace signing::pkcs11 {

// Blocks, twice the timeout at most; the key has made one signature by then. A PIN that was refused is never given
// again by the same key. Faults: key.form, key.read, key.library, key.certificate, key.kind, and those of Key::sign().
base::Result<std::shared_ptr<const Key>> open_pkcs11_key(const KeySource& source);

}  // namespace signing::pkcs11

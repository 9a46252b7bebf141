// Finds the one token that a URI means among those plugged in. Calls into the module: on a thread that may hang.
#pragma once

#include <p11-kit/pkcs11.h>

#include "base/result.h"
#include "signing/pkcs11/key_uri.h"

namespace signing::pkcs11 {

// Faults: key.absent with the tokens that are there; key.form where several fit.
base::Result<CK_SLOT_ID> find_token(const CK_FUNCTION_LIST& functions, const KeyUri& uri);

}  // namespace signing::pkcs11

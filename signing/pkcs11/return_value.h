// What the calls of a module return: the name, and what can be done about it (PKCS#11 2.40 §5.1). Pure.
#pragma once

#include <p11-kit/pkcs11.h>
#include <string>

#include "base/fault.h"
#include "signing/pkcs11/key_uri.h"

namespace signing::pkcs11 {

std::string name_of(CK_RV value);  // "CKR_PIN_LOCKED"; a number for what the standard has no name for

// The token or the session is not there any more, and with it every handle.
bool handles_gone(CK_RV value);
// As above, or the session must be opened anew although its handle is still good.
bool session_lost(CK_RV value);

// key.absent where the session is lost, else key.sign. `call`: "C_Sign".
base::Fault fault_of(CK_RV value, const std::string& call, const KeyUri& uri);
base::Fault token_absent(CK_RV value, const std::string& call, const KeyUri& uri);

}  // namespace signing::pkcs11

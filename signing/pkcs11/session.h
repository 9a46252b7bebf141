// An open session: what every call into it needs. A value; the session is closed by who opened it.
#pragma once

#include <p11-kit/pkcs11.h>

namespace signing::pkcs11 {

struct Session {
  const CK_FUNCTION_LIST* functions;
  CK_SLOT_ID slot;
  CK_SESSION_HANDLE handle;
};

}  // namespace signing::pkcs11

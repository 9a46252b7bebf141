// The PIN of one key: given to the token at most until it is refused once, then wiped, and never where one more wrong
// try would lock it. Shared by the key's sessions, safe from every thread; enter() calls into the module.
#pragma once

#include <mutex>
#include <optional>

#include "base/result.h"
#include "base/secret.h"
#include "signing/key_source.h"
#include "signing/pkcs11/key_uri.h"
#include "signing/pkcs11/session.h"

namespace signing::pkcs11 {

// Of the source, else of the URI's pin-source=file:…, else of its pin-value (RFC 7512 §2.4); empty: none. Faults:
// key.read, key.form.
base::Result<base::Secret> find_pin(const KeySource& source, KeyUri& uri);

enum class LoginState { entered, not_needed };

class Login {
 public:
  explicit Login(base::Secret pin) : pin_(std::move(pin)) {}

  // Logs into the session's token, for all its sessions, where that is needed. Faults: key.pin, key.locked, key.absent,
  // key.sign.
  base::Result<LoginState> enter(const Session& session, const KeyUri& uri);
  // The same for the one signature that has been begun, where the key wants it (CKA_ALWAYS_AUTHENTICATE).
  base::Result<LoginState> confirm(const Session& session, const KeyUri& uri);

 private:
  base::Result<LoginState> give(const Session& session, const KeyUri& uri, CK_USER_TYPE user);
  base::Result<LoginState> give(const Session& session, const KeyUri& uri, CK_USER_TYPE user, CK_FLAGS token);
  base::Fault refuse(base::Fault reason);

  std::mutex mutex_;
  base::Secret pin_;
  std::optional<base::Fault> refused_;  // why it is not given any more
};

}  // namespace signing::pkcs11

// One session on a key's token with everything it needs, opened when first used and anew after it was lost. A
// connection belongs to the thread of its DeviceCalls; every call into it may hang. Several share one KeyPlace.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "signing/certificate.h"
#include "signing/pkcs11/key_uri.h"
#include "signing/pkcs11/login.h"
#include "signing/pkcs11/module.h"
#include "signing/pkcs11/session.h"
#include "signing/pkcs11/token_objects.h"

namespace signing::pkcs11 {

struct KeyPlace {
  KeyPlace(KeyUri named, std::shared_ptr<Module> library, base::Secret pin, std::optional<Certificate> given)
      : uri(std::move(named)), module(std::move(library)), login(std::move(pin)), certificate(std::move(given)) {}

  const KeyUri uri;
  const std::shared_ptr<Module> module;
  Login login;
  std::optional<Certificate> certificate;  // set before the key is given out
  // Counts losses, so that one connection that meets one makes all open anew; and how far the handles are gone too.
  std::atomic<unsigned> losses = 0, gone = 0;
};

class Connection {
 public:
  explicit Connection(std::shared_ptr<KeyPlace> place) : place_(std::move(place)) {}
  ~Connection() { close(); }  // by the call that hung, where the key is gone when it returns
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Faults of Key::sign(), and while it opens: key.library, key.form, key.certificate.
  base::Result<std::string> sign(CK_MECHANISM_TYPE mechanism, std::string input);
  base::Done check();
  base::Result<Certificate> certificate();
  void close();

 private:
  base::Done ready();
  base::Done open();
  base::Done enter();
  CK_RV state() const;
  void lose(CK_RV value);

  const std::shared_ptr<KeyPlace> place_;
  std::optional<Session> session_;
  TokenKey key_{};
  LoginState login_ = LoginState::not_needed;
  unsigned opened_after_ = 0;  // losses
};

}  // namespace signing::pkcs11

// An enterprise's signing key with its certificate, wherever the key lives. Every call may run on many threads at once;
// each blocks, none longer than the source's timeout.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/certificate.h"
#include "signing/dialect.h"

namespace signing {

class Key {
 public:
  virtual ~Key() = default;
  virtual const Certificate& certificate() const = 0;

  // The SignatureValue's bytes over `bytes`: r and s, 64 bytes, for SM2 with SM3 and user id 1234567812345678
  // (GM/T 0009-2012 §10); PKCS#1 v1.5 for RSA. Faults, by what can be done about them:
  //   key.pin, key.locked      the PIN was refused, or is locked: never to be tried again
  //   key.absent, key.silent   the device is not there, or did not answer in time: may come back
  //   key.sign                 it answered and refused
  virtual base::Result<std::string> sign(SignatureAlgorithm algorithm, std::string_view bytes) const = 0;

  // Whether the key could sign now, asked of the device without a signature. Faults as of sign().
  virtual base::Done check() const = 0;

  // How many signatures it makes at the same time; 0: as many as there are cores.
  virtual unsigned parallel() const = 0;
};

}  // namespace signing

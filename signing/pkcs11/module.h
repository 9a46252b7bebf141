// A vendor's PKCS#11 library in this process: loaded and initialised once for each path, shared, and kept to the end of
// the process, since a call may still hang in it. Safe from every thread.
#pragma once

#include <memory>
#include <mutex>
#include <p11-kit/pkcs11.h>
#include <string>

#include "base/result.h"
#include "signing/pkcs11/key_uri.h"

namespace signing::pkcs11 {

class Module {
 public:
  // The URI's module-path, or its module-name looked for in the distribution's folders. Loads nothing yet. Faults:
  // key.form where it has neither; key.library where no folder has it.
  static base::Result<std::shared_ptr<Module>> named_by(const KeyUri& uri);

  // Loads it where that is not yet done and initialises it where it is not (any more). A call into the library: on a
  // thread that may hang. Fault key.library with the reason.
  base::Result<const CK_FUNCTION_LIST*> ready();

 private:
  explicit Module(std::string path) : path_(std::move(path)) {}
  base::Done load();

  const std::string path_;
  std::mutex mutex_;
  const CK_FUNCTION_LIST* functions_ = nullptr;
};

}  // namespace signing::pkcs11

// Smart keys by their vendor's library (GM/T 0016-2012): skf:LIBRARY?device=NAME&application=NAME&container=NAME, each
// name absent where there is only one. One signature at a time.
#pragma once

#include <memory>

#include "base/result.h"
#include "signing/key.h"
#include "signing/key_source.h"

namespace signing::gmt {

// Blocks, up to the source's timeout. Faults: key.form, key.library, key.read, key.certificate, key.kind, and those of
// Key::sign().
base::Result<std::shared_ptr<const Key>> open_skf_key(const KeySource& source);

}  // namespace signing::gmt

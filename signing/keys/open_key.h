// Opens a key wherever it lives: the one place that knows every scheme.
#pragma once

#include <memory>

#include "base/result.h"
#include "signing/key.h"
#include "signing/key_source.h"

namespace signing::keys {

// Blocks, up to the source's timeout for a device. Faults, each one sentence with what to do: key.read, key.form,
// key.certificate (absent, or not this key's), key.kind, key.library, and those of Key::sign().
base::Result<std::shared_ptr<const Key>> open_key(const KeySource& source);

}  // namespace signing::keys

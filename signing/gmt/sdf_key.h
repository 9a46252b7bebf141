// Crypto machines by their vendor's library (GM/T 0018-2012): sdf:LIBRARY?key=INDEX, from 1, 1 where absent. As many
// signatures at a time as the source says, or four.
#pragma once

#include <memory>

#include "base/result.h"
#include "signing/key.h"
#include "signing/key_source.h"

namespace signing::gmt {

// Blocks, up to the source's timeout. The machine holds no certificates: the source must name one. Faults: key.form,
// key.library, key.read, key.certificate, key.kind, and those of Key::sign().
base::Result<std::shared_ptr<const Key>> open_sdf_key(const KeySource& source);

}  // namespace signing::gmt

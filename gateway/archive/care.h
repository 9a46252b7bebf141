// What is to be said of the archive's settings before a gateway starts. Looks and changes nothing.
#pragma once

#include "base/fault.h"
#include "config/settings.h"

namespace gateway::archive {

// Faults: archive.directory; as a warning archive.keep.
base::Faults care(const config::Archive& settings);

}  // namespace gateway::archive

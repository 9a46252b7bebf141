// The secret that a setting names: file:PATH (a relative one starts at `folder`), env:NAME, or credential:NAME of
// systemd. Faults settings.secret, settings.secret_read and settings.secret_care; none repeats what it does not know,
// which may be the secret itself. Safe from every thread.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace config {

// A file or credential holds at most 4 KiB; one line break at its end is cut. A variable is overwritten where it stands
// in the environment when it is first read, and remembered for the next time.
base::Result<base::Secret> read_secret(const std::string& reference, const std::filesystem::path& folder);

}  // namespace config

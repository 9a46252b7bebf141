// Keys in files.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "signing/key.h"
#include "signing/key_source.h"

namespace signing::keys {

// file:PATH or a bare path; a path may hold a colon only after a slash.
bool is_file_key(const std::string& uri);

// PEM, DER or PKCS#12, told by the content; source.pin is its passphrase. The certificate is the key's among those of
// its own file, or of the one that the source names. Dates are not judged. Faults key.read, key.form, key.kind,
// key.pin, key.certificate (none, another key's, or one that may not sign).
base::Result<std::shared_ptr<const Key>> open_file_key(const KeySource& source);

// A key file that group or others may read: one sentence with the command that mends it; nothing to say: no faults.
base::Faults key_file_care(const std::string& uri);

}  // namespace signing::keys

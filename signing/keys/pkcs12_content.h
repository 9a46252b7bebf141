// PKCS#12 files (.p12, .pfx; RFC 7292), also those of Windows, Java and old OpenSSL with RC2 and SHA-1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/keys/key_file_content.h"

namespace signing::keys {

// Nothing where the bytes are no PKCS#12; faults as of read_key_file().
std::optional<base::Result<KeyFileContent>> read_pkcs12(const std::string& file, std::string_view bytes,
                                                        const base::Secret& passphrase);

}  // namespace signing::keys

// What key and certificate files hold, told by their content and not by their names. Safe from every thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "signing/openssl_handles.h"

namespace signing::keys {

struct KeyFileContent {
  std::vector<Handle<EVP_PKEY>> keys;  // at least one, of any kind
  std::vector<Handle<X509>> certificates;
};

// PEM with one key or several, encrypted or not, and any certificates; PKCS#8 or an older form in DER; PKCS#12. Faults
// key.form, and key.pin where the passphrase is missing or wrong; `file` is for their words.
base::Result<KeyFileContent> read_key_file(const std::string& file, std::string_view bytes,
                                           const base::Secret& passphrase);

}  // namespace signing::keys

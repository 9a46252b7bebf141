// A private key in this process's memory. SM2 signs with Botan, RSA with OpenSSL (ADR 0016).
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "signing/key.h"
#include "signing/openssl_handles.h"

namespace signing::keys {

// Fault key.certificate where the certificate is not this key's; the names are for its words.
base::Result<std::shared_ptr<const Key>> make_software_key(Handle<EVP_PKEY> key, Certificate certificate,
                                                           const std::string& key_name,
                                                           const std::string& certificate_name);

}  // namespace signing::keys

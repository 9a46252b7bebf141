// Why a key file cannot be opened, in words. `file` is its name.
#pragma once

#include <openssl/x509.h>
#include <string>

#include "base/fault.h"
#include "base/secret.h"

namespace signing::keys {

base::Fault no_private_key(const std::string& file);
base::Fault passphrase_missing(const std::string& file);

// Names the cipher of PBES2 and the like too.
std::string algorithm_name(const X509_ALGOR* algorithm);

// By OpenSSL's list of errors, which is emptied: its algorithm is not known, or the passphrase is missing or wrong.
base::Fault cannot_decrypt(const std::string& file, const base::Secret& passphrase, const std::string& algorithm);

}  // namespace signing::keys

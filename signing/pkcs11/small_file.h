// Reads files that hold a certificate or a PIN. Faults: key.read; key.form over 64 KiB or where it is no certificate.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "signing/certificate.h"

namespace signing::pkcs11 {

base::Result<std::string> read_small_file(const std::filesystem::path& file);
base::Result<Certificate> read_certificate_file(const std::filesystem::path& file);  // PEM or DER

}  // namespace signing::pkcs11

// Certificates in files: PEM, whatever text or byte order mark stands before it, or DER; at most 64 KiB. Faults:
// key.read; key.form for what is too large or no certificate. Safe from every thread.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "signing/certificate.h"
#include "signing/openssl_handles.h"

namespace signing {

// A key, a certificate or a PIN.
base::Result<base::Secret> read_small_file(const std::filesystem::path& file);

// From the first BEGIN of PEM text on.
Handle<BIO> pem_reader(std::string_view bytes);
inline constexpr std::string_view pem_begin = "-----BEGIN ";

std::vector<Handle<X509>> read_certificates(std::string_view bytes);
base::Result<std::vector<Handle<X509>>> read_certificates_of(const std::filesystem::path& file);  // at least one
base::Result<Certificate> read_certificate_of(const std::filesystem::path& file);  // the first; else key.kind too

}  // namespace signing

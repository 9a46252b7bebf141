// A key and a certificate for a listener or a client of the test's own.
#pragma once

#include <filesystem>

namespace tests {

struct TlsFiles {
  std::filesystem::path certificate, key;
};

struct IssuedTlsFiles {
  std::filesystem::path ca;
  TlsFiles files;
};

// Self-signed: tls.cert.pem and tls.key.pem in the folder, for `names` as subjectAltName spells them.
TlsFiles make_tls_files(const std::filesystem::path& folder, const char* names);
// Likewise, issued by a CA of its own, ca.cert.pem.
IssuedTlsFiles make_issued_tls_files(const std::filesystem::path& folder, const char* names);

}  // namespace tests

// A key and a self-signed certificate for a listener of the test's own.
#pragma once

#include <filesystem>

namespace tests {

struct TlsFiles {
  std::filesystem::path certificate, key;
};

// tls.cert.pem and tls.key.pem in the folder, for `names` as subjectAltName spells them.
TlsFiles make_tls_files(const std::filesystem::path& folder, const char* names);

}  // namespace tests

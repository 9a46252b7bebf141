// The fields of a certificate's subject as UTF-8. Safe from every thread.
#pragma once

#include <string>
#include <vector>

#include "signing/openssl_handles.h"

namespace signing {

// `kind`: NID_commonName …; in the order of the name.
std::vector<std::string> subject_fields(const X509* certificate, int kind);

}  // namespace signing

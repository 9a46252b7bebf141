// The fields of a certificate's subject as UTF-8, and company names compared. Safe from every thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signing/openssl_handles.h"

namespace signing {

// `kind`: NID_commonName …; in the order of the name.
std::vector<std::string> subject_fields(const X509* certificate, int kind);

// Whatever the width of letters, digits and brackets, their case, and spaces.
bool same_company(std::string_view a, std::string_view b);

}  // namespace signing

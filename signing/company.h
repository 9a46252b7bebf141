// Whose a certificate is, and company names compared. Safe from every thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signing/certificate.h"

namespace signing {

// The E-Port's extension, else OU and O of the subject; none where it names no company.
std::vector<std::string> companies_of(const Certificate& certificate);

// The code of the enterprise in the E-Port's extension, as it stands there; empty where there is none.
std::string organisation_code_of(const Certificate& certificate);

// Whatever the width of letters, digits and brackets, their case, and spaces.
bool same_company(std::string_view a, std::string_view b);

}  // namespace signing

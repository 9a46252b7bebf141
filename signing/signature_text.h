// The text of the ds:Signature element, in the form of the E-Port's UKey client: no white space, no empty-element tags.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "signing/certificate.h"
#include "signing/dialect.h"

namespace signing {

std::string signed_info_text(const Dialect& dialect, std::string_view digest);
// value: the bytes of the SignatureValue, r and s for SM2.
std::string signature_text(const Dialect& dialect, const Certificate& certificate, const std::string& signed_info,
                           std::string_view value);

// What KeyName holds in this dialect; empty where there is none.
std::string key_name(const Dialect& dialect, const Certificate& certificate);

}  // namespace signing

// The parts of fault texts that every file here needs. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/fault.h"

namespace signing::pkcs11 {

base::Fault fault(std::string code, std::string zh, std::string en);

// Text of a token for people: without the blanks that fill it up, "?" for what is no UTF-8 or no character.
std::string readable(std::string_view text);
// An id as a URI writes it: %01%AB.
std::string percent_encoded(std::string_view bytes);

}  // namespace signing::pkcs11

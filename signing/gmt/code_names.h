// What a vendor's function gave back, for people: its name, the code, and the standard's name of the code (GM/T
// 0016-2012 annex A, GM/T 0018-2012 annex A).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signing::gmt {

struct Answer {
  std::string_view function;
  std::uint32_t code = 0;
};

std::string told(const Answer& answer);  // "SKF_VerifyPIN 0x0A000024 (SAR_PIN_INCORRECT)"

}  // namespace signing::gmt

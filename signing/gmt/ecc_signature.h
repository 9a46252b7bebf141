// The SM2 signature as smart keys and crypto machines give it: r and s in 64 bytes each, the number at the end (GM/T
// 0016-2012 §6.4.8, GM/T 0018-2012 §5).
#pragma once

#include <optional>
#include <string>

namespace signing::gmt {

struct EccSignature {
  unsigned char r[64];
  unsigned char s[64];
};
static_assert(sizeof(EccSignature) == 128);

// r and s, 64 bytes; nothing where one of them has more than 32 bytes.
std::optional<std::string> sm2_value(const EccSignature& signature);

}  // namespace signing::gmt

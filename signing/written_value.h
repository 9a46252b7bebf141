// The bytes that a SignatureValue or DigestValue may stand for when it was written in another form than it should be:
// each reading with the mistake it supposes. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signing/cause.h"
#include "signing/dialect.h"

namespace signing {

struct Reading {
  std::string bytes;
  std::vector<Cause> causes;  // none: as it should be
};

// Base64, hexadecimal, Base64 of hexadecimal text, Base64 of Base64. `element` is for the words.
std::vector<Reading> readings(std::string_view written, std::string_view element);

// SM2: r and s, 64 bytes each, found in whatever order, form or padding; RSA: the bytes in either order.
std::vector<Reading> value_readings(KeyKind kind, ValueForm form, std::string_view written);

}  // namespace signing

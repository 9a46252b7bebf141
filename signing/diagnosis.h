// Why a SignatureValue does not fit: tries what other software is known to sign instead, and says it in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/dialect.h"
#include "signing/openssl_handles.h"
#include "signing/signature_shape.h"

namespace signing {

// The canonical SignedInfo (C14N 1.0 without comments); empty if libxml2 cannot make it.
std::string canonical_signed_info(const SignatureShape& shape);

struct Diagnosis {
  std::string zh, en;
};

// Nothing where no known mistake explains it.
std::optional<Diagnosis> why_value_fails(EVP_PKEY* key, KeyKind kind, const std::string& signed_info,
                                         std::string_view value);

}  // namespace signing

// Why a SignatureValue does not fit: tries what other software is known to sign instead, and says it in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "signing/dialect.h"
#include "signing/openssl_handles.h"

namespace signing {

struct Diagnosis {
  std::string zh, en;
};

// Nothing where no known mistake explains it.
std::optional<Diagnosis> why_value_fails(EVP_PKEY* key, SignatureAlgorithm algorithm, const std::string& signed_info,
                                         std::string_view value);

}  // namespace signing

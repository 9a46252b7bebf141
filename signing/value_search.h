// Looks for what was signed where a SignatureValue does not fit: other bytes than the canonical SignedInfo, another
// user id, another digest, another form of the value. What it finds is proven, not guessed. Safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cause.h"
#include "signing/dialect.h"
#include "signing/openssl_handles.h"

namespace signing {

struct ValueQuestion {
  EVP_PKEY* key;
  SignatureAlgorithm algorithm;
  ValueForm form;
  std::string_view written;           // SignatureValue
  std::string_view signed_info;       // canonical
  std::string_view raw_signed_info;   // as it stands in the text; empty: not known
  std::vector<std::string> user_ids;  // that may have been taken for SM2, beside the customs'
};

enum class SignedNamespaces { as_they_stand, others, own_only };

struct ValueFinding {
  std::vector<Cause> of_value;  // how SignatureValue is written
  std::vector<Cause> of_text;   // what was signed; but for the namespaces: what they mean depends on the digest
  SignedNamespaces namespaces = SignedNamespaces::as_they_stand;
  std::vector<NamespaceDeclaration> declared;  // that SignedInfo had when it was signed
};

// Nothing where no known mistake explains it, or SignedInfo has more than 64 KiB.
std::optional<ValueFinding> find_value(const ValueQuestion& question);

inline constexpr std::size_t most_signed_info_bytes = std::size_t{64} << 10;

}  // namespace signing

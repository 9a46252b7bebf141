// What `cebgate verify` holds a signature against: roots, revocation lists, the dialect and the company, from the
// command line and the settings.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "signing/verify.h"

namespace tools::cebgate {

struct TermsChoice {
  std::vector<std::filesystem::path> trust, revocation_lists;
  std::string dialect, company;      // empty: those of the enterprise, else not judged
  std::string settings, enterprise;  // a settings file and a code in it
};

// Owns what the terms point at.
struct LoadedTerms {
  std::optional<signing::Trust> trust;
  const signing::Dialect* dialect = nullptr;
  std::string company;

  signing::VerifyTerms at(base::Time now, signing::CanonicalBytes canonical) const;
};

// Faults: trust.*, settings.*, sign.dialect, verify.enterprise.
base::Result<LoadedTerms> load_terms(const TermsChoice& choice);

}  // namespace tools::cebgate

// What `cebgate verify` holds a signature against: roots, revocation lists, the dialect and the company, from the
// command line and the settings.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "signing/verify.h"
#include "tools/cebgate/program.h"

namespace tools::cebgate {

struct TermsChoice {
  std::vector<std::filesystem::path> trust, revocation_lists;  // none: those of the settings
  std::string dialect, company;                                // empty: those of the enterprise, else not judged
  std::string settings, enterprise;                            // a settings file and a code in it
};

void add_trust_options(const Program& program, CLI::App& command, TermsChoice& terms);  // --trust, --crl

// Owns what the terms point at.
struct LoadedTerms {
  std::optional<signing::Trust> trust;
  std::vector<signing::Dialect> dialects;    // that are accepted
  std::optional<signing::Dialect> expected;  // what the port takes
  std::string company;

  signing::VerifyTerms at(base::Time now, signing::CanonicalBytes canonical) const;
};

// Faults: trust.*, settings.*, signing.dialect, verify.enterprise.
base::Result<LoadedTerms> load_terms(const TermsChoice& choice);

}  // namespace tools::cebgate

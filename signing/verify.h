// Checks the enveloped XML signature of a message and says in words why it fails. Safe from every thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/xml.h"
#include "signing/cause.h"
#include "signing/certificate.h"
#include "signing/dialect.h"
#include "signing/eport_extensions.h"

namespace signing {

// Configured root and intermediate certificates, and revocation lists that they have signed. Immutable after loading.
class Trust {
 public:
  // crl_files: PEM or DER. Faults: trust.read, trust.form, trust.crl.
  static base::Result<Trust> from_files(std::span<const std::filesystem::path> pem_files,
                                        std::span<const std::filesystem::path> crl_files = {});
  struct Store;
  const Store& store() const { return *store_; }

 private:
  explicit Trust(std::shared_ptr<const Store> store) : store_(std::move(store)) {}
  std::shared_ptr<const Store> store_;
};

enum class StepVerdict { good, bad, not_checked };

struct Step {
  // parse, reference, transforms, digest, signed-info, value-form, key, certificate, chain, dates, key-usage,
  // revocation, company, dialect
  std::string name;
  StepVerdict verdict;
  std::string zh, en;
};

struct Verification {
  bool valid = false;
  std::string dialect;  // the name, where the algorithms are those of one
  std::optional<Certificate> certificate;
  std::optional<EportFacts> eport;    // what the certificate says of the company, where it has the E-Port's extensions
  std::vector<Step> steps;            // every step, in the order above
  std::vector<Cause> causes;          // why it does not hold, as far as that is known; each proven
  std::string canonical_signed_info;  // the bytes that the value is over; empty where none could be made
  std::string canonical_document;     // the bytes that are digested, where they were asked for
  base::Faults faults;                // errors where not valid; warnings: no chain judged, dates, KeyName, company
};

enum class CanonicalBytes { of_signed_info, of_document_too };

struct VerifyTerms {
  const Trust* trust = nullptr;  // absent: no chain is judged, and dates and key usage then only warn
  base::Time now;
  std::span<const Dialect> dialects = standard_dialects();  // that are accepted
  const Certificate* own = nullptr;   // of the key that has just signed: neither read anew nor judged
  const Dialect* expected = nullptr;  // what this port takes; absent: any that is accepted
  std::string company{};              // the enterprise's configured name; empty: not compared
  CanonicalBytes canonical = CanonicalBytes::of_signed_info;
};

Verification verify(std::string_view xml, const VerifyTerms& terms);
// `document`: the text as read; afterwards as it was.
Verification verify(std::string_view xml, const base::XmlDocument& document, const VerifyTerms& terms);

}  // namespace signing

// Checks the enveloped XML signature of a message and says in words why it fails. Safe from every thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "signing/certificate.h"
#include "signing/dialect.h"

namespace signing {

// Configured root certificates. Immutable after loading.
class Trust {
 public:
  static base::Result<Trust> from_files(std::span<const std::filesystem::path> pem_files);
  struct Store;
  const Store& store() const { return *store_; }

 private:
  explicit Trust(std::shared_ptr<const Store> store) : store_(std::move(store)) {}
  std::shared_ptr<const Store> store_;
};

enum class StepVerdict { good, bad, not_checked };

struct Step {
  std::string
      name;  // parse, reference, transforms, digest, value-form, signature, key, certificate, chain, dates, dialect
  StepVerdict verdict;
  std::string zh, en;
};

struct Verification {
  bool valid = false;
  std::string dialect;  // the name, where the algorithms are those of one
  std::optional<Certificate> certificate;
  std::vector<Step> steps;            // every step, in the order of checking
  std::string canonical_signed_info;  // the bytes that the value is over; empty where none could be made
  base::Faults faults;                // errors where not valid; warnings: no chain judged, dates
};

struct VerifyTerms {
  const Trust* trust = nullptr;  // absent: no chain is judged, and dates then only warn
  base::Time now;
  std::span<const Dialect> dialects = standard_dialects();  // that are accepted
  const Certificate* own = nullptr;  // of the key that has just signed: not read anew where the message carries it
};

Verification verify(std::string_view xml, const VerifyTerms& terms);

}  // namespace signing

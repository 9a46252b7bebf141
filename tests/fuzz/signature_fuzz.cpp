// Any bytes as a signed message. Every step is told in words, and nothing is valid but what one of the keys that are
// trusted here has signed: a message that passes has the canonical document of one that fuzz_signature_seeds made.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "signing/verify.h"
#include "tests/fuzz/require.h"
#include "tests/support/paths.h"

namespace {

using tests::fuzz::require;

const std::filesystem::path folder = std::filesystem::path(CEBGATE_BINARY_DIR) / "signature";
const base::Time now = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};

// The roots, and what was signed under them.
struct Signed {
  static const Signed& shared() {
    static const Signed loaded;
    return loaded;
  }

  signing::Trust trust;
  std::set<std::string> documents;

 private:
  static std::vector<std::filesystem::path> files(const char* extension) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == extension) found.push_back(entry.path());
    }
    return found;
  }

  static signing::Trust roots() {
    auto loaded = signing::Trust::from_files(files(".pem"));
    require(static_cast<bool>(loaded), "the roots are in build/fuzz/signature (tools/fuzz.sh makes them)");
    return *std::move(loaded);
  }

  Signed() : trust(roots()) {
    for (const auto& file : files(".xml")) {
      const auto found = signing::verify(
          tests::read_file(file), {.trust = &trust, .now = now, .canonical = signing::CanonicalBytes::of_document_too});
      if (found.valid) documents.insert(found.canonical_document);
    }
    require(!documents.empty(), "there are good signatures among the seeds");
  }
};

void look_at(const signing::Verification& found) {
  require(found.steps.size() == 14, "every step is told");
  for (const auto& step : found.steps) require(!step.zh.empty() && !step.en.empty(), "a step has words");
  for (const auto& fault : found.faults) require(!fault.zh.empty() && !fault.en.empty(), "a fault has words");
  for (const auto& cause : found.causes) require(!cause.zh.empty() && !cause.en.empty(), "a cause has words");
  const auto good = [&](std::string_view name) {
    return std::ranges::find(found.steps, name, &signing::Step::name)->verdict == signing::StepVerdict::good;
  };
  for (const char* name :
       {"parse", "reference", "transforms", "digest", "signed-info", "value-form", "key", "dialect"}) {
    if (found.valid) require(good(name), "what is valid is good in every step");
  }
  if (!found.valid) require(base::has_error(found.faults), "what is not valid says why");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto& ours = Signed::shared();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto found = signing::verify(
      text,
      {.trust = &ours.trust, .now = now, .company = "示例", .canonical = signing::CanonicalBytes::of_document_too});
  look_at(found);
  if (found.valid) require(ours.documents.contains(found.canonical_document), "only what was signed is valid");
  look_at(signing::verify(text, {.now = now, .expected = &signing::standard_dialects().front()}));
  return 0;
}

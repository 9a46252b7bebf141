#include "signing/diagnosis.h"

#include <algorithm>

#include "signing/canonical_text.h"
#include "signing/known_namespaces.h"
#include "signing/signature_site.h"

namespace signing {

namespace {

std::string_view without_bom(std::string_view xml) {
  constexpr std::string_view bom = "\xEF\xBB\xBF";
  return xml.starts_with(bom) ? xml.substr(bom.size()) : xml;
}

std::optional<ValueFinding> value_finding(const FailedSignature& failed) {
  if (failed.value_fits || failed.key == nullptr) return std::nullopt;
  return find_value({.key = failed.key,
                     .algorithm = failed.dialect.signature,
                     .form = failed.dialect.value_form,
                     .written = failed.shape.signature_value,
                     .signed_info = failed.canonical_signed_info,
                     .raw_signed_info = raw_signed_info(without_bom(failed.xml), failed.shape.signature),
                     .user_ids = failed.user_ids});
}

std::optional<DigestFinding> digest_finding(const FailedSignature& failed, const std::optional<ValueFinding>& value) {
  if (failed.digest_fits) return std::nullopt;
  return find_digest({.xml = failed.xml,
                      .signature = failed.shape.signature,
                      .canonical = failed.canonical_document,
                      .method = failed.dialect.digest,
                      .written = failed.shape.digest_value,
                      .value = value ? &*value : nullptr})
      .finding;
}

// Declarations that only SignedInfo lacked were left out when signing; else the root has changed since.
Cause namespace_cause(const FailedSignature& failed, const ValueFinding& value) {
  const auto found = read_start_tag(failed.canonical_signed_info).namespaces;
  return cause_named(failed.digest_fits ? "signed-info-namespaces" : "namespace-changed",
                     difference(found, value.declared));
}

}  // namespace

Diagnosis diagnose(const FailedSignature& failed) {
  Diagnosis diagnosis;
  const auto value = value_finding(failed);
  const auto digest = digest_finding(failed, value);
  if (digest) diagnosis.of_digest = digest->causes;
  if (!value) return diagnosis;
  diagnosis.value_was_found = true;
  diagnosis.of_value = value->of_value;
  diagnosis.of_signed_info = value->of_text;
  if (value->namespaces == SignedNamespaces::own_only) {
    const Cause exclusive = cause_named("exclusive-c14n");
    diagnosis.of_signed_info.push_back(exclusive);
    if (digest && digest->namespaces == DigestedNamespaces::used_only) {
      std::ranges::replace_if(
          diagnosis.of_digest, [](const Cause& cause) { return cause.name == "namespace-changed"; }, exclusive);
    }
  } else if (value->namespaces == SignedNamespaces::others) {
    diagnosis.of_signed_info.push_back(namespace_cause(failed, *value));
  }
  return diagnosis;
}

}  // namespace signing

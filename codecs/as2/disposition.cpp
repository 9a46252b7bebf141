#include "codecs/as2/disposition.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "codecs/as2/header_fields.h"

namespace codecs::as2 {

namespace {

using Kind = Disposition::Kind;

struct Wording {
  std::string_view code;
  Kind kind;
  std::string_view modifier;
};

// What is not here is an unexpected-processing-error.
constexpr std::array wordings{
    Wording{"as2.signature", Kind::processed_with_error, "authentication-failed"},
    Wording{"as2.signer", Kind::processed_with_error, "authentication-failed"},
    Wording{"as2.partner", Kind::processed_with_error, "unknown-trading-relationship"},
    Wording{"as2.integrity", Kind::processed_with_error, "integrity-check-failed"},
    Wording{"as2.decryption", Kind::processed_with_error, "decryption-failed"},
    Wording{"as2.recipient", Kind::processed_with_error, "decryption-failed"},
    Wording{"as2.no_key", Kind::processed_with_error, "decryption-failed"},
    Wording{"as2.decompression", Kind::processed_with_error, "decompression-failed"},
    Wording{"as2.decompressed_size", Kind::processed_with_error, "decompression-failed"},
    Wording{"as2.not_compressed", Kind::processed_with_error, "decompression-failed"},
    Wording{"as2.not_signed", Kind::processed_with_error, "insufficient-message-security"},
    Wording{"as2.not_encrypted", Kind::processed_with_error, "insufficient-message-security"},
    Wording{"as2.weak_digest", Kind::processed_with_error, "insufficient-message-security"},
    Wording{"as2.same_party", Kind::failed, "sender-equals-receiver"},
    Wording{"as2.receipt_format", Kind::failed, "unsupported format"},
    Wording{"as2.receipt_digest", Kind::failed, "unsupported MIC-algorithms"},
};

// `error: decryption-failed`, and what partners write instead: `error decryption-failed`, `decryption-failed`. A word
// that nobody knows is an error: what is not surely processed is looked at.
Disposition with_modifier(Kind kind, std::string_view written) {
  const auto end = std::min(written.find_first_of(": \t"), written.size());
  const std::string word = lower_case(written.substr(0, end));
  const bool is_known = word == "error" || word == "failure" || word == "warning";
  std::string_view rest = is_known ? trimmed(written.substr(end)) : written;
  while (rest.starts_with(':')) rest = trimmed(rest.substr(1));
  if (kind == Kind::processed) kind = word == "warning" ? Kind::processed_with_warning : Kind::processed_with_error;
  return {.kind = kind, .modifier = std::string(rest)};
}

}  // namespace

Disposition disposition_of(const base::Faults& faults) {
  if (faults.empty()) throw std::logic_error("a disposition of no fault");
  const auto& code = faults.front().code;
  const auto* found =
      std::find_if(wordings.begin(), wordings.end(), [&](const Wording& wording) { return wording.code == code; });
  if (found == wordings.end()) return {.kind = Kind::processed_with_error, .modifier = "unexpected-processing-error"};
  return {.kind = found->kind, .modifier = std::string(found->modifier)};
}

std::string written_disposition(const Disposition& disposition) {
  const std::string mode = "automatic-action/MDN-sent-automatically; ";
  switch (disposition.kind) {
    case Kind::processed:
      return mode + "processed";
    case Kind::processed_with_warning:
      return mode + "processed/warning: " + disposition.modifier;
    case Kind::processed_with_error:
      return mode + "processed/error: " + disposition.modifier;
    case Kind::failed:
      return mode + "failed/failure: " + disposition.modifier;
  }
  throw std::logic_error("a kind of disposition that does not exist");
}

std::optional<Disposition> read_disposition(std::string_view written) {
  const auto semicolon = written.find(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  const std::string_view type = trimmed(written.substr(semicolon + 1));
  const auto slash = std::min(type.find('/'), type.size());
  const std::string word = lower_case(trimmed(type.substr(0, slash)));
  if (word != "processed" && word != "failed") return std::nullopt;
  const Kind kind = word == "failed" ? Kind::failed : Kind::processed;
  const std::string_view modifier = trimmed(type.substr(std::min(slash + 1, type.size())));
  if (modifier.empty()) return Disposition{.kind = kind, .modifier = {}};
  return with_modifier(kind, modifier);
}

}  // namespace codecs::as2

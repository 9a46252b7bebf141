#include "gateway/channels/agreements/receipt_verdict.h"

#include <algorithm>
#include <array>

#include "gateway/channels/http_answers.h"

namespace gateway::channels::agreements {

namespace as2 = codecs::as2;
using Kind = as2::Disposition::Kind;

namespace {

// Said before anything was processed (RFC 4130 §7.5.4, and what partners write for the same). An
// unexpected-processing-error or a duplicate-document may come after it.
constexpr std::array<std::string_view, 9> said_at_the_door{
    "authentication-failed",         "decryption-failed",
    "decompression-failed",          "integrity-check-failed",
    "insufficient-message-security", "unknown-trading-relationship",
    "unknown-trading-partner",       "sender-equals-receiver",
    "insufficient-security"};

bool was_never_processed(const as2::Disposition& disposition) {
  if (disposition.kind == Kind::failed) return true;
  const std::string word = as2::lower_case(disposition.modifier);
  return disposition.kind == Kind::processed_with_error &&
         std::ranges::find(said_at_the_door, word) != said_at_the_door.end();
}

bool is_a_refusal(const base::Fault& fault) { return fault.code == "as2.mdn_error" || fault.code == "as2.mdn_failed"; }

std::string words_of(const base::Faults& faults, const as2::ReceivedMdn& mdn) {
  std::string words = line(faults);
  if (!mdn.explanation.empty()) words += " (" + mdn.explanation + ")";
  return shortened(words);
}

bool says_what_it_is(const as2::HeaderField& field) {
  const std::string name = as2::lower_case(field.name);
  return name.starts_with("content-") || name.starts_with("as2-") || name == "mime-version" || name == "message-id" ||
         name == "date";
}

}  // namespace

Answer judged(const as2::ReceivedMdn& mdn, const as2::SentMessage& sent, const as2::ReceiptRequest& asked) {
  const base::Faults faults = as2::check_mdn(mdn, sent, asked);
  if (!base::has_error(faults)) {
    return {Outcome::confirmed, faults.empty() ? as2::written_disposition(mdn.disposition) : line(faults)};
  }
  const bool refuses = std::ranges::all_of(faults, is_a_refusal) && was_never_processed(mdn.disposition);
  return {refuses ? Outcome::refused : Outcome::unknown, words_of(faults, mdn)};
}

std::string proof_in(const as2::Headers& headers, std::string_view body) {
  as2::Headers kept;
  std::ranges::copy_if(headers, std::back_inserter(kept), says_what_it_is);
  return as2::write_fields(kept) + "\r\n" + std::string(body);
}

std::string line(const base::Faults& faults) {
  std::string words;
  for (const base::Fault& fault : faults) {
    words += (words.empty() ? "" : "; ") + (fault.path.empty() ? "" : fault.path + ": ") + fault.zh + " | " + fault.en;
  }
  return words;
}

}  // namespace gateway::channels::agreements

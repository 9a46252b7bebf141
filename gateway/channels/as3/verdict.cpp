#include "gateway/channels/as3/verdict.h"

#include <algorithm>
#include <array>

namespace gateway::channels::as3 {

namespace {

bool is_no(const base::Fault& fault) { return fault.code == "as2.mdn_error" || fault.code == "as2.mdn_failed"; }

bool is_doubt(const base::Fault& fault) { return fault.severity == base::Severity::error && !is_no(fault); }

// For a reason that comes before all processing (RFC 4130 §7.5.4); an unexpected-processing-error may come after it.
bool was_never_processed(const codecs::as2::Disposition& disposition) {
  constexpr std::array<std::string_view, 6> said_at_the_door{
      "authentication-failed",         "decryption-failed",           "decompression-failed", "integrity-check-failed",
      "insufficient-message-security", "unknown-trading-relationship"};
  return disposition.kind == codecs::as2::Disposition::Kind::failed ||
         std::ranges::find(said_at_the_door, codecs::as2::lower_case(disposition.modifier)) != said_at_the_door.end();
}

}  // namespace

std::string message_id_of(const Outgoing& message) { return "<" + message.guid + "@" + message.dxp_id + ">"; }

// A no is believed only from one that proves to be the partner's.
Answer verdict_of(const Incoming& receipt, const codecs::as2::SentMessage& sent,
                  const codecs::as2::ReceiptRequest& asked) {
  const base::Faults faults = codecs::as2::check_mdn(*receipt.mdn, sent, asked);
  Answer answer{Outcome::confirmed, written_disposition(receipt.mdn->disposition), receipt.bytes};
  if (faults.empty()) return answer;
  const auto worst = std::ranges::find_if(faults, is_doubt);
  const base::Fault& told = worst == faults.end() ? faults.front() : *worst;
  answer.text = told.zh + " / " + told.en;
  if (!receipt.mdn->explanation.empty()) answer.text += " / " + receipt.mdn->explanation;
  if (!base::has_error(faults)) return answer;
  const bool is_refusal = worst == faults.end() && was_never_processed(receipt.mdn->disposition);
  answer.outcome = is_refusal ? Outcome::refused : Outcome::unknown;
  return answer;
}

Answer not_answered(const std::string& folder, const std::string& trouble) {
  const std::string why_zh = trouble.empty() ? "" : "（" + trouble + "）";
  const std::string why_en = trouble.empty() ? "" : " (" + trouble + ")";
  return {Outcome::unknown, "文件已在服务器的 " + folder + " 中，伙伴的 MDN 回执未在限定时间内到达" + why_zh +
                                " / the file is in the server's folder " + folder +
                                ", and the partner's receipt (MDN) has not come in time" + why_en};
}

}  // namespace gateway::channels::as3

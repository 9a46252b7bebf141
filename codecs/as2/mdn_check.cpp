#include <optional>

#include "codecs/as2/faults.h"
#include "codecs/as2/mdn.h"

namespace codecs::as2 {

namespace {

constexpr const char* mdn_clause = "RFC 4130 §7.4.3";

base::Fault other_message(const ReceivedMdn& mdn, const SentMessage& sent) {
  return fault("as2.mdn_message_id",
               "回执是另一条报文（" + mdn.original_message_id + "）的，而发送的是 " + sent.message_id + "；请询问伙伴",
               "the receipt is of another message (" + mdn.original_message_id + "), and " + sent.message_id +
                   " was sent; ask the partner",
               mdn_clause);
}

base::Fault not_signed() {
  return fault("as2.mdn_not_signed", "要求的是签名的回执，而收到的没有签名，不能作为凭证；请伙伴改为签名",
               "a signed receipt was asked for, and this one is not; it proves nothing, the partner has to sign",
               mdn_clause);
}

std::optional<base::Fault> refusal(const Disposition& disposition) {
  const std::string why = disposition.modifier.empty() ? "?" : disposition.modifier;
  switch (disposition.kind) {
    case Disposition::Kind::processed:
      return std::nullopt;
    case Disposition::Kind::processed_with_warning: {
      auto warning = fault("as2.mdn_warning", "伙伴已收到报文，但有警告：" + why,
                           "the partner has received the message, with a warning: " + why, mdn_clause);
      warning.severity = base::Severity::warning;
      return warning;
    }
    case Disposition::Kind::processed_with_error:
      return fault("as2.mdn_error", "伙伴收到了报文但处理出错：" + why + "；请与伙伴核对证书和约定后重新发送",
                   "the partner received the message and could not process it: " + why +
                       "; compare certificates and agreement with the partner, then send again",
                   mdn_clause);
    case Disposition::Kind::failed:
      return fault("as2.mdn_failed", "伙伴拒绝了报文：" + why + "；请与伙伴核对约定",
                   "the partner refused the message: " + why + "; compare the agreement with the partner", mdn_clause);
  }
  return std::nullopt;
}

std::optional<base::Fault> wrong_mic(const ReceivedMdn& mdn, const SentMessage& sent) {
  const auto received = read_mic(mdn.mic);
  if (received == sent.mic) return std::nullopt;
  if (received && received->digest == sent.mic.digest) {
    return fault("as2.mdn_mic", "伙伴收到的内容与发送的不同（MIC 不一致）；请检查途中的代理后重新发送",
                 "what the partner received is not what was sent (their MICs differ); look at proxies on the way, then "
                 "send again",
                 mdn_clause);
  }
  return fault(
      "as2.mdn_mic_digest",
      "回执的 MIC（" + mdn.mic + "）无法与发送的比较，应为 " + digest_name(sent.mic.digest) + "；请与伙伴核对摘要算法",
      "the receipt's MIC (" + mdn.mic + ") cannot be compared with ours, it must be of " +
          digest_name(sent.mic.digest) + "; agree on the digest with the partner",
      mdn_clause);
}

base::Fault no_mic() {
  return fault(
      "as2.mdn_mic_missing", "签名的回执缺少 Received-Content-MIC，不能证明收到了什么；请伙伴检查其 AS2 软件",
      "the signed receipt has no Received-Content-MIC and does not say what arrived; the partner has to look at "
      "its AS2 software",
      mdn_clause);
}

// Some leave the angle brackets away.
std::string_view without_brackets(std::string_view id) {
  if (id.starts_with('<')) id.remove_prefix(1);
  if (id.ends_with('>')) id.remove_suffix(1);
  return id;
}

bool says_arrived(const Disposition& disposition) {
  return disposition.kind == Disposition::Kind::processed ||
         disposition.kind == Disposition::Kind::processed_with_warning;
}

}  // namespace

base::Faults check_mdn(const ReceivedMdn& mdn, const SentMessage& sent, const ReceiptRequest& asked) {
  base::Faults faults;
  if (without_brackets(mdn.original_message_id) != without_brackets(sent.message_id)) {
    faults.push_back(other_message(mdn, sent));
  }
  if (asked.signed_with && !mdn.signer) faults.push_back(not_signed());
  if (auto found = refusal(mdn.disposition)) faults.push_back(*std::move(found));
  if (!says_arrived(mdn.disposition)) return faults;
  if (mdn.mic.empty()) {
    if (asked.signed_with) faults.push_back(no_mic());
  } else if (auto found = wrong_mic(mdn, sent)) {
    faults.push_back(*std::move(found));
  }
  return faults;
}

}  // namespace codecs::as2

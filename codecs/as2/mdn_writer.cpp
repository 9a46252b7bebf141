#include "codecs/as2/faults.h"
#include "codecs/as2/layers.h"
#include "codecs/as2/mdn.h"
#include "codecs/as2/message_head.h"
#include "codecs/as2/party_name.h"

namespace codecs::as2 {

namespace {

std::string verdict(const MdnContent& content, const Agreement& agreement) {
  const std::string route_en = " from " + agreement.partner_id + " to " + agreement.own_id;
  const std::string route_zh = "（" + agreement.partner_id + " 发给 " + agreement.own_id + "）";
  const std::string& id = content.original_message_id;
  switch (content.disposition.kind) {
    case Disposition::Kind::processed:
      return "The message " + id + route_en +
             " was received. This does not say that its content was accepted.\r\n报文 " + id + route_zh +
             "已收到。这不表示其内容已被接受。\r\n";
    case Disposition::Kind::processed_with_warning:
      return "The message " + id + route_en + " was received, with a warning: " + content.disposition.modifier +
             ".\r\n报文 " + id + route_zh + "已收到，但有警告：" + content.disposition.modifier + "。\r\n";
    default:
      return "The message " + id + route_en + " was not processed: " + content.disposition.modifier + ".\r\n报文 " +
             id + route_zh + "未能处理：" + content.disposition.modifier + "。\r\n";
  }
}

std::string part_for_people(const MdnContent& content, const Agreement& agreement) {
  std::string text = verdict(content, agreement);
  for (const base::Fault& fault : content.faults) text += "\r\n" + fault.en + "\r\n" + fault.zh + "\r\n";
  // What is signed keeps to seven bits (RFC 5751 §3.1.3): libas2, for one, cannot verify other bytes.
  const Entity part{.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "base64"}},
                    .body = base64_lines(text)};
  return part.text();
}

std::string part_for_programs(const MdnContent& content, const Agreement& agreement) {
  const std::string recipient = "rfc822; " + written_party_name(agreement.own_id);
  Headers fields{{"Reporting-UA", "cebgate"},
                 {"Original-Recipient", recipient},
                 {"Final-Recipient", recipient},
                 {"Original-Message-ID", content.original_message_id},
                 {"Disposition", written_disposition(content.disposition)}};
  if (content.mic) fields.push_back({"Received-Content-MIC", written_mic(*content.mic)});
  const Entity part{
      .headers = {{"Content-Type", "message/disposition-notification"}, {"Content-Transfer-Encoding", "7bit"}},
      .body = write_fields(fields)};
  return part.text();
}

Entity report(const MdnContent& content, const Agreement& agreement) {
  Multipart parts = write_multipart({part_for_people(content, agreement), part_for_programs(content, agreement)});
  return {.headers = {{"Content-Type", "multipart/report; report-type=disposition-notification" +
                                           written_parameter("boundary", parts.boundary)}},
          .body = std::move(parts.body)};
}

}  // namespace

base::Result<OutgoingMdn> make_mdn(const MdnContent& content, const std::string& message_id,
                                   const ReceiptRequest& request, const Agreement& agreement) {
  base::Faults faults = head_faults(message_id, agreement);
  if (request.signed_with && !agreement.signing_key) {
    faults.push_back(
        agreement_fault("signing_key", "伙伴要求签名的回执，但没有我方的签名密钥；请配置",
                        "the partner asks for a signed receipt, and there is no key of ours; configure one"));
  }
  if (!faults.empty()) return faults;
  Entity mdn = report(content, agreement);
  if (request.signed_with) {
    auto with_signature = signed_entity(mdn.text(), *agreement.signing_key, *request.signed_with);
    if (!with_signature) return with_signature.faults();
    mdn = *std::move(with_signature);
  }
  Headers headers = written_head(message_id, agreement);
  headers.insert(headers.end(), mdn.headers.begin(), mdn.headers.end());
  return OutgoingMdn{std::move(headers), std::move(mdn.body)};
}

}  // namespace codecs::as2

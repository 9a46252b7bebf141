#include <algorithm>

#include "codecs/as2/faults.h"
#include "codecs/as2/layers.h"
#include "codecs/as2/message.h"
#include "codecs/as2/message_head.h"

namespace codecs::as2 {

namespace {

bool is_on_one_line(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 127; });
}

bool is_url(std::string_view text) {
  return text.find("://") != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

base::Faults payload_faults(const Payload& payload) {
  base::Faults faults;
  const auto type = read_field_value(payload.content_type);
  if (!type || type->value.find('/') == std::string::npos || !is_on_one_line(payload.content_type)) {
    faults.push_back(agreement_fault("content_type", "内容类型应为 application/xml 这样的形式",
                                     "the content type must be like application/xml"));
  }
  if (!is_on_one_line(payload.file_name) || payload.file_name.find_first_of("/\\") != std::string::npos) {
    faults.push_back(agreement_fault("file_name", "文件名不得含路径或控制字符",
                                     "a file name must have no path and no control characters"));
  }
  return faults;
}

base::Faults protection_faults(const Agreement& agreement) {
  base::Faults faults;
  if (agreement.outgoing.signature && !agreement.signing_key) {
    faults.push_back(agreement_fault("signing_key", "约定要签名，但没有我方的签名密钥；请配置",
                                     "messages are to be signed, and there is no key of ours; configure one"));
  }
  if (agreement.outgoing.cipher != Cipher::none && !agreement.encryption_certificate) {
    faults.push_back(
        agreement_fault("encryption_certificate", "约定要加密，但没有伙伴的加密证书；请配置",
                        "messages are to be encrypted, and the partner's certificate is not there; configure it"));
  }
  if (agreement.receipt.way == ReceiptWay::to_url && !is_url(agreement.receipt.return_url)) {
    faults.push_back(agreement_fault("receipt.return_url", "异步回执需要一个返回地址（URL）；请填写",
                                     "asynchronous receipts need a URL to go to; give one"));
  }
  return faults;
}

base::Faults all_faults(const Payload& payload, const std::string& message_id, const Agreement& agreement) {
  base::Faults faults = head_faults(message_id, agreement);
  for (const auto& more : {payload_faults(payload), protection_faults(agreement)}) {
    faults.insert(faults.end(), more.begin(), more.end());
  }
  if (payload.bytes.size() > agreement.limits.payload_bytes) {
    faults.push_back(too_large("要发送的内容", "what is to be sent", agreement.limits.payload_bytes));
  }
  return faults;
}

Entity payload_entity(const Payload& payload) {
  Entity entity{.headers = {{"Content-Type", payload.content_type}, {"Content-Transfer-Encoding", "binary"}},
                .body = payload.bytes};
  if (!payload.file_name.empty()) {
    entity.headers.push_back({"Content-Disposition", "attachment" + written_parameter("filename", payload.file_name)});
  }
  return entity;
}

struct Protected {
  Entity entity;
  Mic mic;
};

// RFC 4130 §7.3.1 and RFC 5402 §4: over what is signed; else over the payload with its MIME headers; over the bare
// payload where nothing is round it.
base::Result<Protected> protect(const Entity& payload, const Agreement& agreement) {
  const Protection& wanted = agreement.outgoing;
  const bool has_layer = wanted.cipher != Cipher::none || wanted.compression != Compression::none;
  const Digest unsigned_digest = agreement.receipt.signed_with.value_or(Digest::sha1);
  Protected made{payload, mic_of(unsigned_digest, has_layer ? payload.text() : payload.body)};
  if (wanted.compression == Compression::zlib) made.entity = compressed_entity(made.entity.text());
  if (wanted.signature) {
    const std::string text = made.entity.text();
    auto with_signature = signed_entity(text, *agreement.signing_key, *wanted.signature);
    if (!with_signature) return with_signature.faults();
    made = {*std::move(with_signature), mic_of(*wanted.signature, text)};
  }
  if (wanted.cipher != Cipher::none) {
    auto enveloped = encrypted_entity(made.entity.text(), *agreement.encryption_certificate, wanted.cipher);
    if (!enveloped) return enveloped.faults();
    made.entity = *std::move(enveloped);
  }
  return made;
}

// Over FTP there is no response: the URL, where one is given, is whom the receipt goes to (RFC 4823 §7.3).
Headers receipt_headers(const Agreement& agreement) {
  ReceiptRequest request = agreement.receipt;
  if (agreement.carrier == Carrier::as2 || request.way != ReceiptWay::to_url) {
    return written_request(request, agreement.own_id);
  }
  request.way = ReceiptWay::in_response;
  return written_request(request, request.return_url);
}

}  // namespace

base::Result<OutgoingMessage> make_message(const Payload& payload, const std::string& message_id,
                                           const Agreement& agreement) {
  const base::Faults faults = all_faults(payload, message_id, agreement);
  if (!faults.empty()) return faults;
  auto made = protect(payload_entity(payload), agreement);
  if (!made) return made.faults();
  Headers headers = written_head(message_id, agreement);
  for (const Headers& more : {receipt_headers(agreement), made->entity.headers}) {
    headers.insert(headers.end(), more.begin(), more.end());
  }
  return OutgoingMessage{std::move(headers), std::move(made->entity.body), std::move(made->mic)};
}

}  // namespace codecs::as2

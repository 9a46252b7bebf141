#include <algorithm>

#include "codecs/as2/faults.h"
#include "codecs/as2/layers.h"
#include "codecs/as2/message.h"
#include "codecs/as2/message_head.h"

namespace codecs::as2 {

namespace {

base::Fault lacking(std::string code, const std::string& zh, const std::string& en) {
  return fault(std::move(code), "约定要求报文" + zh + "，而此报文没有；请发送方按约定发送",
               "messages are agreed to be " + en + ", and this one is not; the sender has to keep to that",
               "RFC 4130 §2.4.2");
}

base::Faults protection_faults(const Unwrapped& found, const Protection& wanted) {
  base::Faults faults;
  if (wanted.signature && !found.signature) faults.push_back(lacking("as2.not_signed", "签名", "signed"));
  if (wanted.signature && found.signature && found.signature->digest < *wanted.signature) {
    faults.push_back(fault("as2.weak_digest",
                           "签名的摘要算法弱于约定的 " + digest_name(*wanted.signature) + "；请发送方按约定签名",
                           "the digest of the signature is weaker than " + digest_name(*wanted.signature) +
                               ", which was agreed on; the sender has to keep to that",
                           "RFC 4130 §2.4.2"));
  }
  if (wanted.cipher != Cipher::none && !found.encrypted) {
    faults.push_back(lacking("as2.not_encrypted", "加密", "encrypted"));
  }
  if (wanted.compression != Compression::none && !found.compressed) {
    faults.push_back(lacking("as2.not_compressed", "压缩", "compressed"));
  }
  return faults;
}

// Without any folder: it must not lead whoever stores it elsewhere.
std::string file_name_in(const Headers& headers) {
  const auto disposition = read_field_value(find_field(headers, "Content-Disposition").value_or(""));
  const auto type = read_field_value(find_field(headers, "Content-Type").value_or(""));
  std::string name = disposition ? disposition->parameter("filename") : "";
  if (name.empty() && type) name = type->parameter("name");
  name = name.substr(name.find_last_of("/\\") + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; });
  return name == "." || name == ".." ? std::string() : name;
}

base::Result<Payload> payload_in(const Entity& entity) {
  auto bytes = decoded_body(entity.headers, entity.body);
  if (!bytes) return bytes.faults();
  return Payload{.bytes = *std::move(bytes),
                 .content_type = find_field(entity.headers, "Content-Type").value_or("application/octet-stream"),
                 .file_name = file_name_in(entity.headers)};
}

// RFC 4130 §7.3.1, RFC 5402 §4, as make_message() does it.
Mic mic_in(const Unwrapped& found, const ReceiptRequest& receipt) {
  if (found.signature) return mic_of(found.signature->digest, found.signature->content);
  const bool has_layer = found.encrypted || found.compressed;
  return mic_of(receipt.signed_with.value_or(Digest::sha1), has_layer ? found.innermost_text : found.innermost.body);
}

base::Result<MessageHead> head_for(const Headers& headers, std::string_view body, const Agreement& agreement) {
  auto head = read_head(headers, agreement.carrier);
  if (!head) return head;
  base::Faults faults = partner_faults(*head, agreement);
  if (body.size() > agreement.limits.message_bytes) {
    faults.push_back(too_large("报文", "the message", agreement.limits.message_bytes));
  }
  if (!faults.empty()) return faults;
  return head;
}

}  // namespace

base::Result<ReceivedMessage> open_message(const Headers& headers, std::string_view body, const Agreement& agreement) {
  auto head = head_for(headers, body, agreement);
  if (!head) return head.faults();
  auto receipt = read_receipt_request(headers);
  if (!receipt) return receipt.faults();
  const auto found = unwrap(Entity{headers, std::string(body)}, agreement);
  if (!found) return found.faults();
  const base::Faults faults = protection_faults(*found, agreement.incoming);
  if (!faults.empty()) return faults;
  auto payload = payload_in(found->innermost);
  if (!payload) return payload.faults();
  Mic mic = mic_in(*found, *receipt);
  return ReceivedMessage{.head = *std::move(head),
                         .payload = *std::move(payload),
                         .signer = found->signature ? std::optional(found->signature->signer) : std::nullopt,
                         .encrypted = found->encrypted,
                         .compressed = found->compressed,
                         .mic = std::move(mic),
                         .receipt = *std::move(receipt)};
}

}  // namespace codecs::as2

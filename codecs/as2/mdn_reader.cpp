#include <algorithm>

#include "codecs/as2/faults.h"
#include "codecs/as2/layers.h"
#include "codecs/as2/mdn.h"
#include "codecs/as2/message_head.h"

namespace codecs::as2 {

namespace {

constexpr std::size_t most_mdn_bytes = std::size_t{1} << 20;

base::Fault no_mdn(const std::string& zh, const std::string& en) {
  return fault("as2.mdn", "收到的不是正确的 MDN 回执：" + zh + "；请询问伙伴是否收到了报文",
               "this is no proper MDN: " + en + "; ask the partner whether the message has arrived",
               "RFC 4130 §7.4, RFC 8098 §3");
}

struct Parts {
  std::string explanation;
  Headers fields;
};

// At the beginning of a character of UTF-8.
std::string cut(const std::string& text) {
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80; };
  std::size_t end = std::min(text.size(), most_explanation_bytes);
  while (end > 0 && end < text.size() && continues(end)) --end;
  return text.substr(0, end);
}

base::Done take_part(std::string_view text, Parts& into) {
  const auto part = read_entity(text);
  if (!part) return part.faults();
  const auto type = content_type_of(part->headers);
  if (!type) return type.faults();
  const auto bytes = decoded_body(part->headers, part->body);
  if (type->value == "message/disposition-notification") {
    if (!bytes) return bytes.faults();
    std::size_t used = 0;
    auto fields = read_fields(*bytes, used);
    if (!fields) return fields.faults();
    into.fields = *std::move(fields);
  } else if (type->value.starts_with("text/") && into.explanation.empty()) {
    // People's text in an encoding that is not read is no reason to refuse the receipt.
    into.explanation = cut(bytes ? *bytes : part->body);
  }
  return base::Nothing{};
}

base::Result<Parts> parts_of(const Entity& report) {
  const auto type = content_type_of(report.headers);
  if (!type) return type.faults();
  if (type->value != "multipart/report") {
    return no_mdn("应为 multipart/report，实为 " + type->value, "it must be multipart/report and is " + type->value);
  }
  const auto texts = split_multipart(report.body, type->parameter("boundary"));
  if (!texts) return texts.faults();
  Parts parts;
  for (const std::string_view text : *texts) {
    const auto done = take_part(text, parts);
    if (!done) return done.faults();
  }
  if (!parts.fields.empty()) return parts;
  return no_mdn("没有 message/disposition-notification 部分", "it has no part message/disposition-notification");
}

base::Result<ReceivedMdn> content_of(Parts parts) {
  for (const char* name : {"Original-Message-ID", "Disposition", "Received-Content-MIC"}) {
    const auto field = single_field(parts.fields, name);
    if (!field) return field.faults();
  }
  const auto disposition = read_disposition(find_field(parts.fields, "Disposition").value_or(""));
  if (!disposition) return no_mdn("Disposition 缺失或无法读取", "its Disposition is missing or cannot be read");
  return ReceivedMdn{.original_message_id = find_field(parts.fields, "Original-Message-ID").value_or(""),
                     .disposition = *disposition,
                     .mic = find_field(parts.fields, "Received-Content-MIC").value_or(""),
                     .explanation = std::move(parts.explanation),
                     .signer = std::nullopt};
}

// Some answer a POST without AS2-From and AS2-To; where both are there they must be right.
base::Faults route_faults(const Headers& headers, const Agreement& agreement) {
  for (const char* end : {"From", "To"}) {
    if (!find_field(headers, head_name(agreement.carrier, end))) return {};
  }
  Headers with_id = headers;
  if (!find_field(headers, "Message-ID")) with_id.push_back({"Message-ID", "<none>"});
  const auto head = read_head(with_id, agreement.carrier);
  return head ? partner_faults(*head, agreement) : head.faults();
}

bool is_report(const Headers& headers) {
  const auto type = content_type_of(headers);
  return type && type->value == "multipart/report";
}

}  // namespace

bool is_mdn(const Headers& headers, std::string_view body) {
  if (is_report(headers)) return true;
  const auto type = content_type_of(headers);
  if (!type || type->value != "multipart/signed" || body.size() > most_mdn_bytes) return false;
  const auto parts = split_multipart(body, type->parameter("boundary"));
  if (!parts || parts->empty()) return false;
  const auto first = read_entity(parts->front());
  return first && is_report(first->headers);
}

base::Result<ReceivedMdn> read_mdn(const Headers& headers, std::string_view body, const Agreement& agreement) {
  if (body.size() > most_mdn_bytes) return too_large("MDN 回执", "the MDN", most_mdn_bytes);
  const base::Faults faults = route_faults(headers, agreement);
  if (!faults.empty()) return faults;
  const auto found = unwrap(Entity{headers, std::string(body)}, agreement);
  if (!found) return found.faults();
  auto parts = parts_of(found->innermost);
  if (!parts) return parts.faults();
  auto mdn = content_of(*std::move(parts));
  if (mdn && found->signature) mdn->signer = found->signature->signer;
  return mdn;
}

}  // namespace codecs::as2

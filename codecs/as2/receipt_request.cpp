#include "codecs/as2/receipt_request.h"

#include <algorithm>
#include <vector>

#include "codecs/as2/faults.h"
#include "codecs/as2/field_value.h"
#include "codecs/as2/party_name.h"

namespace codecs::as2 {

namespace {

constexpr const char* request_clause = "RFC 4130 §7.3";

base::Fault unsupported_format(const std::string& zh, const std::string& en) {
  return fault(
      "as2.receipt_format", "无法按要求出具回执：" + zh + "；支持的回执是未签名或 pkcs7-signature 签名的 MDN",
      "the receipt cannot be made as asked for: " + en + "; receipts are plain MDNs or signed with pkcs7-signature",
      request_clause);
}

base::Fault unsupported_digest(const std::string& asked) {
  return fault(
      "as2.receipt_digest", "要求的回执摘要算法（" + asked + "）都不支持；支持 sha-256、sha-384、sha-512、sha1",
      "no digest asked for in the receipt (" + asked + ") is supported; sha-256, sha-384, sha-512 and sha1 are",
      request_clause);
}

// `optional, sha-256, sha1`: the importance, then what is asked for, the best first.
struct Wish {
  bool required = false;
  std::vector<std::string> values;
};

Wish read_wish(std::string_view text) {
  Wish wish;
  bool is_first = true;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    std::string value = lower_case(trimmed(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (is_first && (value == "required" || value == "optional")) {
      wish.required = value == "required";
    } else if (!value.empty()) {
      wish.values.push_back(std::move(value));
    }
    is_first = false;
  }
  return wish;
}

base::Result<Digest> wanted_digest(const std::string& asked) {
  const Wish wish = read_wish(asked);
  for (const std::string& name : wish.values) {
    if (const auto digest = read_digest_name(name)) return *digest;
  }
  if (wish.required && !wish.values.empty()) return unsupported_digest(asked);
  return Digest::sha1;
}

base::Result<std::optional<Digest>> wanted_signature(const std::string& options) {
  const auto read = read_field_value("options;" + options);
  if (!read) {
    return unsupported_format("无法读取 Disposition-Notification-Options",
                              "Disposition-Notification-Options cannot be read");
  }
  const Wish protocol = read_wish(read->parameter("signed-receipt-protocol"));
  const auto& named = protocol.values;
  if (std::none_of(named.begin(), named.end(), [](const std::string& name) { return name == "pkcs7-signature"; })) {
    if (!protocol.required) return std::optional<Digest>();
    return unsupported_format("必须使用的签名形式不支持", "the form of signature that it requires is not supported");
  }
  const auto digest = wanted_digest(read->parameter("signed-receipt-micalg"));
  if (!digest) return digest.faults();
  return std::optional<Digest>(*digest);
}

}  // namespace

Headers written_request(const ReceiptRequest& request, const std::string& recipient) {
  if (request.way == ReceiptWay::none) return {};
  Headers headers{{"Disposition-Notification-To", written_party_name(recipient)}};
  if (request.signed_with) {
    headers.push_back({"Disposition-Notification-Options",
                       "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, " +
                           digest_name(*request.signed_with)});
  }
  if (request.way == ReceiptWay::to_url) headers.push_back({"Receipt-Delivery-Option", request.return_url});
  return headers;
}

base::Result<ReceiptRequest> read_receipt_request(const Headers& headers) {
  ReceiptRequest request;
  if (!find_field(headers, "Disposition-Notification-To")) return request;
  request.way = ReceiptWay::in_response;
  const auto url = single_field(headers, "Receipt-Delivery-Option");
  const auto options = single_field(headers, "Disposition-Notification-Options");
  if (!url || !options)
    return unsupported_format("同一个标头出现了不止一次", "one of its headers is there more than once");
  if (*url && !(*url)->empty()) {
    request.way = ReceiptWay::to_url;
    request.return_url = **url;
  }
  if (!*options) return request;
  const auto signature = wanted_signature(**options);
  if (!signature) return signature.faults();
  request.signed_with = *signature;
  return request;
}

}  // namespace codecs::as2

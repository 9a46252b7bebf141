#include "tests/codecs/as2/messages.h"

#include <gtest/gtest.h>

namespace tests {

namespace as2 = codecs::as2;

as2::Agreement protected_both_ways(as2::Agreement agreement) {
  agreement.outgoing = {as2::Digest::sha256, as2::Cipher::aes256_cbc, as2::Compression::none};
  agreement.incoming = agreement.outgoing;
  agreement.receipt = {as2::ReceiptWay::in_response, {}, as2::Digest::sha256};
  return agreement;
}

as2::Payload as2_payload() {
  return {.bytes = "<DxpMsg>\n订单 \r\n--as2\r\n" + std::string(2000, 'x') + std::string("\0\xFF\r", 3) + "</DxpMsg>",
          .content_type = "application/xml",
          .file_name = "order.xml"};
}

as2::OutgoingMessage made(const as2::Payload& payload, const as2::Agreement& agreement) {
  return must(as2::make_message(payload, as2_message_id, agreement));
}

as2::ReceivedMessage opened(const as2::OutgoingMessage& message, const as2::Agreement& agreement) {
  return must(as2::open_message(message.headers, message.body, agreement));
}

void drop_field(as2::Headers& headers, const std::string& name) {
  std::erase_if(headers, [&](const as2::HeaderField& one) { return as2::equal_ignoring_case(one.name, name); });
}

void set_field(as2::Headers& headers, const std::string& name, const std::string& value) {
  drop_field(headers, name);
  headers.push_back({name, value});
}

std::string field(const as2::Headers& headers, const std::string& name) {
  return as2::find_field(headers, name).value_or("");
}

std::string codes(const base::Faults& faults) {
  std::string all;
  for (const base::Fault& fault : faults) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty()) << fault.code;
    all += (all.empty() ? "" : " ") + fault.code;
  }
  return all;
}

}  // namespace tests

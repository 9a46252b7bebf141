#include "tests/codecs/as2/partners.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "tests/support/paths.h"

namespace tests {

namespace {

namespace as2 = codecs::as2;

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().en);
  return *std::move(result);
}

As2Party party(TestAuthority& authority, const std::string& id) {
  const TestIdentity identity = authority.issue_rsa(id);
  return {id, identity.key, identity.certificate,
          must(as2::KeyPair::from_files(identity.key, base::Secret(), identity.certificate))};
}

const ScratchDirectory& folder() {
  static const ScratchDirectory scratch;
  return scratch;
}

TestAuthority& authority() {
  static TestAuthority made(folder().path() / "keys");
  return made;
}

as2::Agreement agreement(const As2Party& own, const As2Party& partner) {
  return {.own_id = own.id,
          .partner_id = partner.id,
          .signing_key = own.keys,
          .decryption_key = own.keys,
          .encryption_certificate = partner.keys.certificate(),
          .partner_signers = {partner.keys.certificate()},
          .outgoing = {},
          .incoming = {},
          .receipt = {},
          .limits = {}};
}

}  // namespace

As2Partners::As2Partners()
    : shop(party(authority(), "DXPENT0000000001")),
      customs(party(authority(), "DXP EDI \"CUSTOMS\"")),
      stranger(party(authority(), "STRANGER")) {}

const As2Partners& As2Partners::shared() {
  static const As2Partners partners;
  return partners;
}

as2::Agreement As2Partners::of_shop() const { return agreement(shop, customs); }
as2::Agreement As2Partners::of_customs() const { return agreement(customs, shop); }

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

// AS3 (RFC 4823): the same messages and receipts, each as one file with headers of its own names.
#include <gmock/gmock.h>

#include "codecs/as2/mdn.h"
#include "codecs/as2/mime.h"
#include "tests/codecs/as2/messages.h"

namespace codecs::as2 {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::codes;

Agreement over_files(Agreement agreement) {
  agreement = tests::protected_both_ways(std::move(agreement));
  agreement.carrier = Carrier::as3;
  return agreement;
}

class As3Files : public testing::Test {
 protected:
  As3Files() { shop_.receipt = {ReceiptWay::in_response, {}, Digest::sha256}; }

  std::string file() const {
    const OutgoingMessage message = tests::made(tests::as2_payload(), shop_);
    return Entity{message.headers, message.body}.text();
  }
  base::Result<ReceivedMessage> opened(const std::string& file) const {
    const auto entity = read_entity(file);
    if (!entity) return entity.faults();
    return open_message(entity->headers, entity->body, customs_);
  }

  Agreement shop_ = over_files(tests::As2Partners::shared().of_shop());
  Agreement customs_ = over_files(tests::As2Partners::shared().of_customs());
};

TEST_F(As3Files, a_message_is_one_file_that_gives_back_its_payload) {
  const std::string text = file();
  EXPECT_THAT(text, StartsWith("AS3-Version: 1.0\r\nAS3-From: "));
  EXPECT_THAT(text, Not(HasSubstr("AS2-")));
  const auto message = opened(text);
  ASSERT_TRUE(message) << codes(message);
  EXPECT_EQ(message->payload.bytes, tests::as2_payload().bytes);
  EXPECT_EQ(message->head.message_id, tests::as2_message_id);
  EXPECT_EQ(message->receipt.way, ReceiptWay::in_response);
}

TEST_F(As3Files, a_file_with_the_names_of_as2_is_not_taken) {
  std::string text = file();
  for (std::size_t at = 0; (at = text.find("AS3-", at)) != std::string::npos;) text[at + 2] = '2';
  EXPECT_EQ(codes(opened(text)), "as2.header as2.header");
}

TEST_F(As3Files, a_message_for_somebody_else_is_told_in_the_names_of_as3) {
  customs_.partner_id = "somebody";
  const auto message = opened(file());
  ASSERT_EQ(codes(message), "as2.partner");
  EXPECT_THAT(message.faults().front().en, HasSubstr("AS3-From"));
}

TEST_F(As3Files, a_url_for_receipts_is_whom_the_receipt_goes_to) {
  shop_.receipt.way = ReceiptWay::to_url;
  shop_.receipt.return_url = "ftp://exchange.example/receipts";
  const std::string text = file();
  EXPECT_THAT(text, HasSubstr("Disposition-Notification-To: ftp://exchange.example/receipts\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("Receipt-Delivery-Option")));
}

TEST_F(As3Files, a_receipt_is_told_from_a_message_and_is_good) {
  const auto message = opened(file());
  ASSERT_TRUE(message) << codes(message);
  for (const std::optional<Digest> signed_with : {std::optional<Digest>(Digest::sha256), std::optional<Digest>()}) {
    const ReceiptRequest asked{ReceiptWay::in_response, {}, signed_with};
    const auto mdn = make_mdn({message->head.message_id, {}, message->mic, {}}, "<mdn-1@customs>", asked, customs_);
    ASSERT_TRUE(mdn) << codes(mdn);
    const auto entity = read_entity(Entity{mdn->headers, mdn->body}.text());
    ASSERT_TRUE(entity) << codes(entity);
    EXPECT_TRUE(is_mdn(entity->headers, entity->body));
    const auto read = read_mdn(entity->headers, entity->body, shop_);
    ASSERT_TRUE(read) << codes(read);
    EXPECT_EQ(codes(check_mdn(*read, {tests::as2_message_id, message->mic}, asked)), "");
  }
  const auto entity = read_entity(file());
  EXPECT_FALSE(is_mdn(entity->headers, entity->body));
}

TEST_F(As3Files, a_signed_message_is_no_receipt) {
  shop_.outgoing.cipher = Cipher::none;
  const OutgoingMessage message = tests::made(tests::as2_payload(), shop_);
  EXPECT_FALSE(is_mdn(message.headers, message.body));
  EXPECT_FALSE(is_mdn({{"Content-Type", "multipart/signed; boundary=none"}}, message.body));
}

TEST_F(As3Files, a_receipt_for_somebody_else_is_not_read) {
  const auto mdn = make_mdn({"<1@shop>", {}, {}, {}}, "<mdn-1@customs>", {}, customs_);
  ASSERT_TRUE(mdn) << codes(mdn);
  shop_.own_id = "somebody";
  EXPECT_EQ(codes(read_mdn(mdn->headers, mdn->body, shop_)), "as2.partner");
}

}  // namespace
}  // namespace codecs::as2

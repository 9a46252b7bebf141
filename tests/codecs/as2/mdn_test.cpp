// A receipt is made by one partner, read and judged by the other.
#include "codecs/as2/mdn.h"

#include <gtest/gtest.h>

#include "codecs/as2/layers.h"
#include "tests/codecs/as2/messages.h"

namespace codecs::as2 {
namespace {

using tests::codes;
using tests::field;

class Mdn : public testing::Test {
 protected:
  Mdn() {
    shop_.receipt = {ReceiptWay::in_response, {}, Digest::sha256};
    content_ = {.original_message_id = tests::as2_message_id, .disposition = {}, .mic = sent_.mic, .faults = {}};
  }

  OutgoingMdn answer() const {
    auto mdn = make_mdn(content_, "<mdn-1@customs.example>", shop_.receipt, customs_);
    if (!mdn) throw std::runtime_error(mdn.faults().front().en);
    return *std::move(mdn);
  }

  base::Result<ReceivedMdn> read(const OutgoingMdn& mdn) const { return read_mdn(mdn.headers, mdn.body, shop_); }

  // What is wrong with it; "good" where nothing is.
  std::string judged(const OutgoingMdn& mdn) const {
    const auto received = read(mdn);
    if (!received) return "not read: " + codes(received);
    const auto faults = check_mdn(*received, sent_, shop_.receipt);
    return faults.empty() ? "good" : codes(faults);
  }

  // One whose machine-readable fields are these, signed as the agreement says.
  OutgoingMdn saying(const Headers& fields) const {
    const Entity people{{{"Content-Type", "text/plain"}}, "words"};
    const Entity programs{{{"Content-Type", "message/disposition-notification"}}, write_fields(fields)};
    const Multipart parts = write_multipart({people.text(), programs.text()});
    return signed_by_customs({{{"Content-Type", "multipart/report; boundary=" + parts.boundary}}, parts.body});
  }

  OutgoingMdn signed_by_customs(const Entity& report) const {
    auto made = signed_entity(report.text(), *customs_.signing_key, Digest::sha256);
    return {made->headers, made->body};
  }

  const tests::As2Partners& partners_ = tests::As2Partners::shared();
  Agreement shop_ = partners_.of_shop(), customs_ = partners_.of_customs();
  SentMessage sent_{tests::as2_message_id, mic_of(Digest::sha256, "what was sent")};
  MdnContent content_;
  const std::string processed_ = "automatic-action/MDN-sent-automatically; processed";
};

TEST_F(Mdn, SignedItProvesThatTheMessageArrivedAsSent) {
  const auto mdn = answer();
  EXPECT_EQ(field(mdn.headers, "AS2-From"), R"("DXP EDI \"CUSTOMS\"")");
  EXPECT_EQ(field(mdn.headers, "AS2-To"), "DXPENT0000000001");
  EXPECT_EQ(field(mdn.headers, "Message-ID"), "<mdn-1@customs.example>");
  EXPECT_TRUE(field(mdn.headers, "Content-Type").starts_with("multipart/signed; "));
  const auto received = read(mdn);
  ASSERT_TRUE(received) << codes(received);
  EXPECT_EQ(received->signer->der, partners_.customs.keys.certificate().der);
  EXPECT_EQ(received->original_message_id, tests::as2_message_id);
  EXPECT_EQ(received->disposition, Disposition{});
  EXPECT_EQ(judged(mdn), "good");
}

TEST_F(Mdn, PlainItIsEnoughWhereNoSignatureWasAskedFor) {
  shop_.receipt.signed_with.reset();
  const auto mdn = answer();
  EXPECT_TRUE(field(mdn.headers, "Content-Type").starts_with("multipart/report; report-type=disposition-notification"));
  for (const char* line :
       {"Reporting-UA: cebgate\r\n", "Original-Recipient: rfc822; \"DXP EDI \\\"CUSTOMS\\\"\"\r\n",
        "Final-Recipient: rfc822; \"DXP EDI \\\"CUSTOMS\\\"\"\r\n", "Original-Message-ID: <cebgate-1@shop.example>\r\n",
        "Disposition: automatic-action/MDN-sent-automatically; processed\r\n", "Received-Content-MIC: "}) {
    EXPECT_NE(mdn.body.find(line), std::string::npos) << line;
  }
  EXPECT_EQ(judged(mdn), "good");
}

TEST_F(Mdn, PeopleReadBothLanguagesAndWhatWasWrong) {
  content_.disposition = {Disposition::Kind::processed_with_error, "decryption-failed"};
  content_.faults = {base::Fault{.code = "x", .path = {}, .zh = "密钥不对", .en = "the key is wrong", .source = {}}};
  const std::string text = read(answer())->explanation;
  for (const char* words : {"was not processed: decryption-failed", "未能处理", "密钥不对", "the key is wrong"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
  }
}

TEST_F(Mdn, OfARealMessageMatchesItsMic) {
  for (const auto& protection :
       {Protection{}, Protection{Digest::sha1, Cipher::none, Compression::zlib},
        Protection{{}, Cipher::aes128_cbc, Compression::zlib}, Protection{Digest::sha256, Cipher::des_ede3_cbc, {}}}) {
    shop_.outgoing = protection;
    const auto message = tests::made(tests::as2_payload(), shop_);
    sent_.mic = message.mic;
    content_.mic = tests::opened(message, customs_).mic;
    EXPECT_EQ(judged(answer()), "good");
  }
}

TEST_F(Mdn, OfAnotherMessageIsNotOurs) {
  content_.original_message_id = "<other@shop.example>";
  EXPECT_EQ(judged(answer()), "as2.mdn_message_id");
  content_.original_message_id = "cebgate-1@shop.example";
  EXPECT_EQ(judged(answer()), "good") << "angle brackets may be missing";
}

TEST_F(Mdn, WithoutTheAskedSignatureProvesNothing) {
  const auto asked = shop_.receipt;
  shop_.receipt.signed_with.reset();
  const auto mdn = answer();
  shop_.receipt = asked;
  EXPECT_EQ(judged(mdn), "as2.mdn_not_signed");
}

TEST_F(Mdn, SignedByAStrangerIsNotRead) {
  customs_.signing_key = partners_.stranger.keys;
  EXPECT_EQ(judged(answer()), "not read: as2.signer");
}

TEST_F(Mdn, ChangedAfterSigningIsNotRead) {
  auto mdn = answer();
  mdn.body.replace(mdn.body.find("Reporting-UA: c"), 15, "Reporting-UA: d");
  EXPECT_EQ(judged(mdn), "not read: as2.integrity");
}

TEST_F(Mdn, ARefusalIsToldWithItsReason) {
  content_.mic.reset();
  content_.disposition = {Disposition::Kind::processed_with_error, "authentication-failed"};
  EXPECT_EQ(judged(answer()), "as2.mdn_error");
  EXPECT_NE(check_mdn(*read(answer()), sent_, shop_.receipt).front().en.find("authentication-failed"),
            std::string::npos);
  content_.disposition = {Disposition::Kind::failed, "unsupported format"};
  EXPECT_EQ(judged(answer()), "as2.mdn_failed");
}

TEST_F(Mdn, AWarningIsAWarning) {
  content_.disposition = {Disposition::Kind::processed_with_warning, "duplicate-document"};
  const auto faults = check_mdn(*read(answer()), sent_, shop_.receipt);
  EXPECT_EQ(codes(faults), "as2.mdn_warning");
  EXPECT_FALSE(base::has_error(faults));
}

TEST_F(Mdn, AnotherMicIsAnotherContent) {
  content_.mic = mic_of(Digest::sha256, "what arrived");
  EXPECT_EQ(judged(answer()), "as2.mdn_mic");
  content_.mic = mic_of(Digest::sha1, "what was sent");
  EXPECT_EQ(judged(answer()), "as2.mdn_mic_digest");
  content_.mic.reset();
  EXPECT_EQ(judged(answer()), "as2.mdn_mic_missing");
  shop_.receipt.signed_with.reset();
  EXPECT_EQ(judged(answer()), "good") << "a plain receipt may leave it away";
}

TEST_F(Mdn, EveryFaultIsToldAtOnce) {
  content_.original_message_id = "<other@shop.example>";
  content_.mic = mic_of(Digest::sha256, "what arrived");
  content_.disposition = {Disposition::Kind::processed_with_warning, "x"};
  const auto asked = shop_.receipt;
  shop_.receipt.signed_with.reset();
  const auto mdn = answer();
  shop_.receipt = asked;
  EXPECT_EQ(judged(mdn), "as2.mdn_message_id as2.mdn_not_signed as2.mdn_warning as2.mdn_mic");
}

TEST_F(Mdn, FieldsAreReadInAnyCaseAndSpelling) {
  const std::string mic = written_mic(sent_.mic);
  const std::string other_name = mic.substr(0, mic.find(',')) + ",SHA256";
  EXPECT_EQ(judged(saying({{"original-message-id", tests::as2_message_id},
                           {"DISPOSITION", "Automatic-Action/mdn-sent-automatically;\r\n PROCESSED"},
                           {"received-content-mic", other_name}})),
            "good");
  EXPECT_EQ(judged(saying({{"Original-Message-ID", tests::as2_message_id},
                           {"Disposition", processed_},
                           {"Received-Content-MIC", "what is this"}})),
            "as2.mdn_mic_digest");
}

TEST_F(Mdn, WhatIsNoneIsNotRead) {
  const auto none = [&](const OutgoingMdn& mdn) { return judged(mdn); };
  EXPECT_EQ(none({{{"Content-Type", "text/html"}}, "<html>502</html>"}), "not read: as2.mdn");
  EXPECT_EQ(none({{}, ""}), "not read: as2.mdn");
  const Multipart people_only = write_multipart({"Content-Type: text/plain\r\n\r\nreceived, thank you"});
  EXPECT_EQ(none({{{"Content-Type", "multipart/report; boundary=" + people_only.boundary}}, people_only.body}),
            "not read: as2.mdn");
  EXPECT_EQ(none(saying({{"Original-Message-ID", tests::as2_message_id}})), "not read: as2.mdn");
  EXPECT_EQ(none(saying({{"Disposition", "displayed"}})), "not read: as2.mdn");
  EXPECT_EQ(none(saying({{"Disposition", processed_}, {"disposition", processed_}})), "not read: as2.header");
  EXPECT_EQ(none(saying({{"Disposition", processed_}})), "as2.mdn_message_id as2.mdn_mic_missing");
}

TEST_F(Mdn, OfAnotherPartnerIsNotRead) {
  auto mdn = answer();
  tests::set_field(mdn.headers, "AS2-From", "STRANGER");
  EXPECT_EQ(judged(mdn), "not read: as2.partner");
  tests::drop_field(mdn.headers, "AS2-From");
  EXPECT_EQ(judged(mdn), "good") << "an answer may come without names";
}

TEST_F(Mdn, OneByteOverAMebibyteIsNotRead) {
  auto mdn = answer();
  mdn.body.resize(std::size_t{1} << 20, ' ');
  EXPECT_EQ(judged(mdn), "good");
  mdn.body += ' ';
  EXPECT_EQ(judged(mdn), "not read: as2.too_large");
}

TEST_F(Mdn, TheWordsForPeopleAreCutAtTheirLimit) {
  content_.faults = {base::Fault{.code = "x", .path = {}, .zh = "长", .en = std::string(9000, 'x'), .source = {}}};
  EXPECT_EQ(read(answer())->explanation.size(), most_explanation_bytes);
  content_.faults.front().en.clear();
  for (const char* before : {"", "x", "xx"}) {
    content_.faults.front().zh = before;
    for (int i = 0; i < 2000; ++i) content_.faults.front().zh += "长";
    const std::string text = read(answer())->explanation;
    EXPECT_TRUE(text.ends_with("长")) << "no half of a character";
    EXPECT_GT(text.size(), most_explanation_bytes - 3);
  }
}

TEST_F(Mdn, CannotBeSignedWithoutAKey) {
  customs_.signing_key.reset();
  EXPECT_EQ(codes(make_mdn(content_, "<mdn@customs>", shop_.receipt, customs_)), "as2.agreement");
}

}  // namespace
}  // namespace codecs::as2

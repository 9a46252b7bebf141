// A message is made by one partner and opened by the other.
#include "codecs/as2/message.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "codecs/as2/layers.h"
#include "tests/codecs/as2/messages.h"

namespace codecs::as2 {
namespace {

using tests::field;

const tests::As2Partners& partners() { return tests::As2Partners::shared(); }

std::string payload_entity_text() {
  return "Content-Type: application/xml\r\nContent-Transfer-Encoding: binary\r\nContent-Disposition: attachment; "
         "filename=order.xml\r\n\r\n" +
         tests::as2_payload().bytes;
}

std::string hex_of(const Mic& mic) { return base::hex(mic.value); }

std::string sha1_hex(std::string_view bytes) { return hex_of(mic_of(Digest::sha1, bytes)); }

TEST(Message, EveryCombinationComesOutAsItWentIn) {
  const Payload payload = tests::as2_payload();
  for (const auto signature : {std::optional<Digest>(), std::optional(Digest::sha1), std::optional(Digest::sha256)}) {
    for (const auto cipher : {Cipher::none, Cipher::des_ede3_cbc, Cipher::aes128_cbc, Cipher::aes256_cbc}) {
      for (const auto compression : {Compression::none, Compression::zlib}) {
        SCOPED_TRACE(testing::Message() << (signature ? digest_name(*signature) : "unsigned") << " cipher "
                                        << static_cast<int>(cipher) << " compression "
                                        << static_cast<int>(compression));
        auto sender = partners().of_shop();
        sender.outgoing = {signature, cipher, compression};
        auto receiver = partners().of_customs();
        receiver.incoming = sender.outgoing;
        const auto sent = tests::made(payload, sender);
        const auto received = tests::opened(sent, receiver);
        EXPECT_EQ(received.payload.bytes, payload.bytes);
        EXPECT_EQ(received.payload.content_type, "application/xml");
        EXPECT_EQ(received.payload.file_name, "order.xml");
        EXPECT_EQ(received.head.message_id, tests::as2_message_id);
        EXPECT_EQ(received.head.from, "DXPENT0000000001");
        EXPECT_EQ(received.head.to, "DXP EDI \"CUSTOMS\"");
        EXPECT_EQ(received.encrypted, cipher != Cipher::none);
        EXPECT_EQ(received.compressed, compression == Compression::zlib);
        EXPECT_EQ(received.signer.has_value(), signature.has_value());
        if (received.signer) {
          EXPECT_EQ(received.signer->der, partners().shop.keys.certificate().der);
        }
        EXPECT_EQ(received.mic, sent.mic);
        EXPECT_EQ(received.receipt.way, ReceiptWay::none);
      }
    }
  }
}

TEST(Message, EmptyAndLargePayloadsGoThrough) {
  auto sender = tests::protected_both_ways(partners().of_shop());
  sender.outgoing.compression = Compression::zlib;
  for (const std::string& bytes :
       {std::string(), std::string("\n"), std::string("\r\n"), std::string(3'000'000, 'a')}) {
    const auto sent = tests::made({bytes, "text/plain", ""}, sender);
    const auto received = tests::opened(sent, tests::protected_both_ways(partners().of_customs()));
    EXPECT_EQ(received.payload.bytes, bytes);
    EXPECT_EQ(received.payload.file_name, "");
  }
}

TEST(Message, TheHeadersAreThoseOfRfc4130) {
  auto sender = tests::protected_both_ways(partners().of_shop());
  sender.receipt = {ReceiptWay::to_url, "https://shop.example/as2/mdn", Digest::sha256};
  const Headers headers = tests::made(tests::as2_payload(), sender).headers;
  EXPECT_EQ(field(headers, "AS2-Version"), "1.2");
  EXPECT_EQ(field(headers, "AS2-From"), "DXPENT0000000001");
  EXPECT_EQ(field(headers, "AS2-To"), R"("DXP EDI \"CUSTOMS\"")");
  EXPECT_EQ(field(headers, "Message-ID"), tests::as2_message_id);
  EXPECT_EQ(field(headers, "MIME-Version"), "1.0");
  EXPECT_EQ(field(headers, "Content-Type"), "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m");
  EXPECT_EQ(field(headers, "Disposition-Notification-To"), "DXPENT0000000001");
  EXPECT_EQ(field(headers, "Disposition-Notification-Options"),
            "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha-256");
  EXPECT_EQ(field(headers, "Receipt-Delivery-Option"), "https://shop.example/as2/mdn");
  for (const HeaderField& one : headers) EXPECT_EQ(one.value.find_first_of("\r\n"), std::string::npos) << one.name;
}

TEST(Message, TheReceiptAskedForIsTheOneRead) {
  const auto asked = [](const ReceiptRequest& request) {
    auto sender = partners().of_shop();
    sender.receipt = request;
    return tests::opened(tests::made(tests::as2_payload(), sender), partners().of_customs()).receipt;
  };
  EXPECT_EQ(asked({}).way, ReceiptWay::none);
  EXPECT_EQ(asked({ReceiptWay::in_response, {}, {}}).way, ReceiptWay::in_response);
  EXPECT_EQ(asked({ReceiptWay::in_response, {}, {}}).signed_with, std::nullopt);
  const auto later = asked({ReceiptWay::to_url, "http://shop.example/mdn", Digest::sha1});
  EXPECT_EQ(later.way, ReceiptWay::to_url);
  EXPECT_EQ(later.return_url, "http://shop.example/mdn");
  EXPECT_EQ(later.signed_with, Digest::sha1);
}

// RFC 4130 §7.3.1: of a signed message, over the MIME entity that was signed, whatever is round it.
TEST(Message, TheMicOfASignedMessageIsOverWhatWasSigned) {
  auto sender = partners().of_shop();
  for (const auto cipher : {Cipher::none, Cipher::aes128_cbc}) {
    sender.outgoing = {Digest::sha256, cipher, Compression::none};
    const auto mic = tests::made(tests::as2_payload(), sender).mic;
    EXPECT_EQ(mic.digest, Digest::sha256);
    EXPECT_EQ(hex_of(mic), base::sha256_hex(payload_entity_text()));
  }
  sender.outgoing.signature = Digest::sha1;
  EXPECT_EQ(hex_of(tests::made(tests::as2_payload(), sender).mic), sha1_hex(payload_entity_text()));
}

// RFC 5402 §4.1: with compression inside, over the compressed entity with its headers.
TEST(Message, TheMicOfASignedAndCompressedMessageIsOverTheCompressedEntity) {
  auto sender = partners().of_shop();
  sender.outgoing = {Digest::sha256, Cipher::none, Compression::zlib};
  const auto sent = tests::made(tests::as2_payload(), sender);
  const auto begin = sent.body.find("\r\n") + 2;
  const auto boundary = sent.body.substr(0, begin - 2);
  const auto end = sent.body.find("\r\n" + boundary, begin);
  const std::string signed_part = sent.body.substr(begin, end - begin);
  ASSERT_TRUE(signed_part.starts_with("Content-Type: application/pkcs7-mime; smime-type=compressed-data"))
      << signed_part;
  EXPECT_EQ(hex_of(sent.mic), base::sha256_hex(signed_part));
}

// RFC 4130 §7.3.1, RFC 5402 §4.2 and §4.3: not signed, over the payload with its MIME headers before all else.
TEST(Message, TheMicOfAnUnsignedMessageWithALayerIsOverThePayloadWithItsHeaders) {
  auto sender = partners().of_shop();
  sender.receipt = {ReceiptWay::in_response, {}, Digest::sha256};
  for (const auto& [cipher, compression] :
       {std::pair{Cipher::aes128_cbc, Compression::none}, std::pair{Cipher::aes128_cbc, Compression::zlib},
        std::pair{Cipher::none, Compression::zlib}}) {
    sender.outgoing = {{}, cipher, compression};
    EXPECT_EQ(hex_of(tests::made(tests::as2_payload(), sender).mic), base::sha256_hex(payload_entity_text()));
  }
}

TEST(Message, TheMicOfABareMessageIsOverThePayloadAlone) {
  auto sender = partners().of_shop();
  sender.receipt = {ReceiptWay::in_response, {}, Digest::sha256};
  EXPECT_EQ(hex_of(tests::made(tests::as2_payload(), sender).mic), base::sha256_hex(tests::as2_payload().bytes));
  sender.receipt.signed_with.reset();
  const auto mic = tests::made(tests::as2_payload(), sender).mic;
  EXPECT_EQ(mic.digest, Digest::sha1);
  EXPECT_EQ(hex_of(mic), sha1_hex(tests::as2_payload().bytes));
}

TEST(Message, WhatIsMadeAgainHasTheSameMic) {
  const auto sender = tests::protected_both_ways(partners().of_shop());
  EXPECT_EQ(tests::made(tests::as2_payload(), sender).mic, tests::made(tests::as2_payload(), sender).mic);
}

TEST(Message, NoPieceOfThePayloadIsReadableInAnEncryptedMessage) {
  const auto sent = tests::made(tests::as2_payload(), tests::protected_both_ways(partners().of_shop()));
  EXPECT_EQ(sent.body.find("DxpMsg"), std::string::npos);
  EXPECT_EQ(sent.body.find("Content-Type"), std::string::npos);
}

TEST(Message, HeadersMayComeInAnyCaseFoldedAndInAnyOrder) {
  auto sent = tests::made(tests::as2_payload(), tests::protected_both_ways(partners().of_shop()));
  Headers arrived;
  for (auto one = sent.headers.rbegin(); one != sent.headers.rend(); ++one) {
    arrived.push_back({lower_case(one->name), one->value});
  }
  tests::set_field(arrived, "content-type",
                   "Application/X-PKCS7-MIME;\r\n\tSmime-Type=enveloped-data;\n  NAME=\"smime.p7m\"");
  const auto received = open_message(arrived, sent.body, tests::protected_both_ways(partners().of_customs()));
  ASSERT_TRUE(received) << tests::codes(received);
  EXPECT_EQ(received->payload.bytes, tests::as2_payload().bytes);
}

TEST(Message, AnEncryptedBodyMayComeInBase64) {
  auto sent = tests::made(tests::as2_payload(), tests::protected_both_ways(partners().of_shop()));
  tests::set_field(sent.headers, "Content-Transfer-Encoding", "BASE64");
  sent.body = base64_lines(sent.body);
  EXPECT_EQ(tests::opened(sent, tests::protected_both_ways(partners().of_customs())).payload.bytes,
            tests::as2_payload().bytes);
}

TEST(Message, ACompressionRoundTheSignatureIsOpenedToo) {
  auto sender = partners().of_shop();
  sender.outgoing.signature = Digest::sha256;
  auto sent = tests::made(tests::as2_payload(), sender);
  const Entity whole{{{"Content-Type", field(sent.headers, "Content-Type")}}, sent.body};
  const Entity compressed = compressed_entity(whole.text());
  for (const HeaderField& one : compressed.headers) tests::set_field(sent.headers, one.name, one.value);
  sent.body = compressed.body;
  auto receiver = partners().of_customs();
  receiver.incoming = {Digest::sha256, Cipher::none, Compression::zlib};
  const auto received = tests::opened(sent, receiver);
  EXPECT_EQ(received.payload.bytes, tests::as2_payload().bytes);
  EXPECT_EQ(received.mic, sent.mic);
}

TEST(Message, ChineseFileNamesArriveAndFoldersDoNot) {
  auto sender = partners().of_shop();
  EXPECT_EQ(tests::opened(tests::made({"x", "application/xml", "订单 1.xml"}, sender), partners().of_customs())
                .payload.file_name,
            "订单 1.xml");
  auto sent = tests::made({"x", "application/xml", ""}, sender);
  for (const auto& [written, name] :
       {std::pair{R"(attachment; filename="../../etc/passwd")", "passwd"},
        std::pair{R"(attachment; filename="C:\\a\\b.xml")", "b.xml"}, std::pair{"attachment; filename=..", ""}}) {
    tests::set_field(sent.headers, "Content-Disposition", written);
    EXPECT_EQ(tests::opened(sent, partners().of_customs()).payload.file_name, name) << written;
  }
}

TEST(Message, OldAndNewCertificateOfAPartnerAreTakenWhileBothAreAgreedOn) {
  auto receiver = tests::protected_both_ways(partners().of_customs());
  receiver.partner_signers.insert(receiver.partner_signers.begin(), partners().stranger.keys.certificate());
  const auto sent = tests::made(tests::as2_payload(), tests::protected_both_ways(partners().of_shop()));
  EXPECT_EQ(tests::opened(sent, receiver).signer->der, partners().shop.keys.certificate().der);
}

TEST(Message, WhatIsNotAgreedOnIsToldAllAtOnce) {
  Agreement empty{};
  empty.outgoing = {Digest::sha256, Cipher::aes256_cbc, Compression::none};
  empty.receipt = {ReceiptWay::to_url, "not a url", {}};
  const auto made = make_message({"x", "xml", "a/b"}, "no brackets", empty);
  ASSERT_FALSE(made);
  std::string paths;
  for (const base::Fault& fault : made.faults()) paths += fault.path + " ";
  EXPECT_EQ(tests::codes(made),
            "as2.agreement as2.agreement as2.agreement as2.agreement as2.agreement as2.agreement as2.agreement "
            "as2.agreement as2.agreement");
  EXPECT_EQ(paths,
            "own_id partner_id partner_id message_id content_type file_name signing_key encryption_certificate "
            "receipt.return_url ");
}

TEST(Message, NoHeaderCanBeSmuggledIn) {
  const auto sender = partners().of_shop();
  EXPECT_EQ(tests::codes(make_message({"x", "text/xml\r\nX: y", ""}, "<a@b>", sender)), "as2.agreement");
  EXPECT_EQ(tests::codes(make_message({"x", "text/xml", "a\r\nX: y"}, "<a@b>", sender)), "as2.agreement");
  EXPECT_EQ(tests::codes(make_message({"x", "text/xml", ""}, "<a@b>\r\n<c@d>", sender)), "as2.agreement");
}

TEST(Message, APayloadOneByteOverTheLimitIsNotSent) {
  auto sender = partners().of_shop();
  sender.limits.payload_bytes = 10;
  EXPECT_EQ(tests::codes(make_message({std::string(10, 'x'), "text/xml", ""}, "<a@b>", sender)), "no fault");
  EXPECT_EQ(tests::codes(make_message({std::string(11, 'x'), "text/xml", ""}, "<a@b>", sender)), "as2.too_large");
}

}  // namespace
}  // namespace codecs::as2

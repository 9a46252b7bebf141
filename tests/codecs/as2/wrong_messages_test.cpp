// Every way in which a message can be wrong: its fault, and what the sender hears of it.
#include <gtest/gtest.h>

#include "codecs/as2/cms_compression.h"
#include "codecs/as2/der.h"
#include "codecs/as2/disposition.h"
#include "codecs/as2/layers.h"
#include "codecs/as2/message.h"
#include "codecs/as2/private_key.h"
#include "tests/codecs/as2/messages.h"
#include "tests/support/paths.h"

namespace codecs::as2 {
namespace {

using tests::set_field;

class WrongMessage : public testing::Test {
 protected:
  // The codes, and the disposition behind an arrow.
  static std::string told(const OutgoingMessage& message, const Agreement& agreement) {
    const auto result = open_message(message.headers, message.body, agreement);
    if (result) return "no fault";
    const std::string words = written_disposition(disposition_of(result.faults()));
    return tests::codes(result) + " -> " + words.substr(words.find("; ") + 2);
  }
  std::string told(const OutgoingMessage& message) const { return told(message, customs_); }

  OutgoingMessage sent(const Protection& protection) const {
    auto sender = shop_;
    sender.outgoing = protection;
    return tests::made(tests::as2_payload(), sender);
  }

  // What stands round the text in a message of the shop; `entity` gives its content headers.
  OutgoingMessage holding(const Entity& entity) const {
    OutgoingMessage message = sent({});
    for (const char* name : {"Content-Type", "Content-Disposition", "Content-Transfer-Encoding"}) {
      tests::drop_field(message.headers, name);
    }
    message.headers.insert(message.headers.end(), entity.headers.begin(), entity.headers.end());
    message.body = entity.body;
    return message;
  }

  OutgoingMessage encrypting(const std::string& text) const {
    return holding(*encrypted_entity(text, *shop_.encryption_certificate, Cipher::aes128_cbc));
  }

  const tests::As2Partners& partners_ = tests::As2Partners::shared();
  Agreement shop_ = partners_.of_shop(), customs_ = partners_.of_customs();
  const Protection signed_only_{Digest::sha256, Cipher::none, Compression::none};
  const Protection encrypted_only_{{}, Cipher::aes256_cbc, Compression::none};
};

TEST_F(WrongMessage, AChangedContentIsNotWhatWasSigned) {
  auto message = sent(signed_only_);
  message.body.replace(message.body.find("DxpMsg"), 6, "DxpMsh");
  EXPECT_EQ(told(message), "as2.integrity -> processed/error: integrity-check-failed");
}

TEST_F(WrongMessage, AChangedSignatureProvesNobody) {
  auto message = sent(signed_only_);
  // The end of the Base64 is the signature's value.
  const auto end_of_lines = message.body.rfind("\r\n--");
  const auto at = message.body.find_last_not_of("=\r\n", message.body.rfind("\r\n", end_of_lines - 1) - 4);
  message.body[at] = message.body[at] == 'A' ? 'B' : 'A';
  EXPECT_EQ(told(message), "as2.signature -> processed/error: authentication-failed");
}

TEST_F(WrongMessage, AnotherCertificateIsNotTheAgreedOne) {
  customs_.partner_signers = {partners_.stranger.keys.certificate()};
  EXPECT_EQ(told(sent(signed_only_)), "as2.signer -> processed/error: authentication-failed");
  customs_.partner_signers.clear();
  EXPECT_EQ(told(sent(signed_only_)), "as2.signer -> processed/error: authentication-failed");
}

TEST_F(WrongMessage, AStrangerCannotSignForThePartner) {
  shop_.signing_key = partners_.stranger.keys;
  EXPECT_EQ(told(sent(signed_only_)), "as2.signer -> processed/error: authentication-failed");
}

TEST_F(WrongMessage, ACertificateThatOnlyLooksLikeTheAgreedOneIsAnother) {
  const signing::Handle<X509> twin(X509_dup(x509_of(partners_.shop.keys.certificate())));
  EVP_PKEY* key = key_of(partners_.stranger.keys);
  ASSERT_TRUE(X509_set_pubkey(twin.get(), key) == 1 && X509_sign(twin.get(), key, EVP_sha256()) > 0);
  const auto writer = new_writer();
  ASSERT_EQ(i2d_X509_bio(writer.get(), twin.get()), 1);
  const auto certificate = signing::Certificate::from_der(written_in(writer.get()));
  ASSERT_EQ(certificate->serial, partners_.shop.keys.certificate().serial);
  const base::Secret pem(tests::read_file(partners_.stranger.key_file));
  shop_.signing_key = *KeyPair::from_pem(pem, base::Secret(), *certificate);
  EXPECT_EQ(told(sent(signed_only_)), "as2.signer -> processed/error: authentication-failed");
}

TEST_F(WrongMessage, WithoutTheAgreedSignatureItIsNotSecureEnough) {
  customs_.incoming = signed_only_;
  EXPECT_EQ(told(sent({})), "as2.not_signed -> processed/error: insufficient-message-security");
  EXPECT_EQ(told(sent(encrypted_only_)), "as2.not_signed -> processed/error: insufficient-message-security");
}

TEST_F(WrongMessage, AWeakerDigestThanAgreedIsNotSecureEnough) {
  customs_.incoming = signed_only_;
  EXPECT_EQ(told(sent({Digest::sha1, Cipher::none, Compression::none})),
            "as2.weak_digest -> processed/error: insufficient-message-security");
  EXPECT_EQ(told(sent({Digest::sha512, Cipher::none, Compression::none})), "no fault");
}

TEST_F(WrongMessage, AllThatIsLackingIsToldAtOnce) {
  customs_.incoming = {Digest::sha256, Cipher::aes128_cbc, Compression::zlib};
  EXPECT_EQ(told(sent({})),
            "as2.not_signed as2.not_encrypted as2.not_compressed -> processed/error: insufficient-message-security");
  EXPECT_EQ(told(sent({Digest::sha256, Cipher::aes128_cbc, Compression::none})),
            "as2.not_compressed -> processed/error: decompression-failed");
}

TEST_F(WrongMessage, EncryptedForAnotherItCannotBeOpened) {
  shop_.encryption_certificate = partners_.stranger.keys.certificate();
  EXPECT_EQ(told(sent(encrypted_only_)), "as2.recipient -> processed/error: decryption-failed");
}

TEST_F(WrongMessage, WithoutAKeyNothingIsDecrypted) {
  customs_.decryption_key.reset();
  EXPECT_EQ(told(sent(encrypted_only_)), "as2.no_key -> processed/error: decryption-failed");
}

TEST_F(WrongMessage, DamagedCiphertextIsNotTakenForContent) {
  auto message = sent(encrypted_only_);
  // The last byte but one block: the length of the padding becomes one that no padding has.
  char& byte = message.body[message.body.size() - 17];
  byte = static_cast<char>(byte ^ 0x40);
  EXPECT_EQ(told(message), "as2.decryption -> processed/error: decryption-failed");
}

TEST_F(WrongMessage, AWrappedKeyThatCannotBeOpenedSoundsLikeDamagedCiphertext) {
  auto message = sent(encrypted_only_);
  // The wrapped key is the one OCTET STRING of 256 bytes.
  const auto at = message.body.find(std::string("\x04\x82\x01\x00", 4));
  ASSERT_NE(at, std::string::npos);
  message.body[at + 100] = static_cast<char>(message.body[at + 100] ^ 1);
  EXPECT_EQ(told(message), "as2.decryption -> processed/error: decryption-failed");
}

TEST_F(WrongMessage, WhatDecryptsToNoMimeEntityWasNotDecrypted) {
  for (const char* text : {"", "\r\nno header at all", "<DxpMsg/>"}) {
    EXPECT_EQ(told(encrypting(text)), "as2.decryption -> processed/error: decryption-failed") << text;
  }
}

TEST_F(WrongMessage, DamagedCompressionIsNotTakenForContent) {
  const auto compressed = sent({{}, Cipher::none, Compression::zlib});
  for (const std::size_t from_end : {std::size_t{1}, std::size_t{20}}) {
    auto message = compressed;
    char& byte = message.body[message.body.size() - from_end];
    byte = static_cast<char>(byte ^ 0x55);
    EXPECT_EQ(told(message), "as2.decompression -> processed/error: decompression-failed") << from_end;
  }
}

TEST_F(WrongMessage, DecompressedToOneByteOverTheLimitItIsRefused) {
  const auto message = holding(compressed_entity("A: b\r\n\r\n" + std::string(92, 'x')));
  customs_.limits.payload_bytes = 100;
  EXPECT_EQ(told(message), "no fault");
  customs_.limits.payload_bytes = 99;
  EXPECT_EQ(told(message), "as2.decompressed_size -> processed/error: decompression-failed");
}

TEST_F(WrongMessage, ABombOfZerosGoesOffAtTheLimit) {
  const std::string bomb = compress("A: b\r\n\r\n" + std::string(std::size_t{200} << 20, '\0'));
  ASSERT_LT(bomb.size(), std::size_t{1} << 20);
  auto entity = compressed_entity("");
  entity.body = bomb;
  EXPECT_EQ(told(holding(entity)), "as2.decompressed_size -> processed/error: decompression-failed");
}

TEST_F(WrongMessage, OneByteOverTheLimitIsNotRead) {
  const auto message = sent(signed_only_);
  customs_.limits.message_bytes = message.body.size();
  EXPECT_EQ(told(message), "no fault");
  --customs_.limits.message_bytes;
  EXPECT_EQ(told(message), "as2.too_large -> processed/error: unexpected-processing-error");
}

TEST_F(WrongMessage, BrokenMimeIsToldAsSuch) {
  const std::string mime = "as2.mime -> processed/error: unexpected-processing-error";
  auto message = sent(signed_only_);
  message.body.resize(message.body.size() / 2);
  EXPECT_EQ(told(message), mime);

  message = sent(signed_only_);
  set_field(message.headers, "Content-Type", "multipart/signed");
  EXPECT_EQ(told(message), mime);
  set_field(message.headers, "Content-Type", "multipart/signed; boundary=\"x");
  EXPECT_EQ(told(message), mime);
  set_field(message.headers, "Content-Type", "nothing");
  EXPECT_EQ(told(message), mime);
  message.headers.push_back({"content-type", "text/xml"});
  EXPECT_EQ(told(message), mime);

  const Multipart three = write_multipart({"a: b\r\n\r\n", "a: b\r\n\r\n", "a: b\r\n\r\n"});
  EXPECT_EQ(told(holding({{{"Content-Type", "multipart/signed; boundary=" + three.boundary}}, three.body})), mime);
  const Multipart no_signature =
      write_multipart({"a: b\r\n\r\n", Entity{{{"Content-Type", "text/plain"}}, compress("a")}.text()});
  EXPECT_EQ(
      told(holding({{{"Content-Type", "multipart/signed; boundary=" + no_signature.boundary}}, no_signature.body})),
      mime);
}

TEST_F(WrongMessage, WhatIsNoCmsIsToldAsSuch) {
  const Headers headers{{"Content-Type", "application/pkcs7-mime; smime-type=enveloped-data"}};
  const std::string other_kind("\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", 13);
  for (const std::string& body : {std::string(), std::string("x"), std::string("\x30\x80"), other_kind,
                                  sent(encrypted_only_).body + "x", sent(encrypted_only_).body.substr(0, 900)}) {
    EXPECT_EQ(told(holding({headers, body})), "as2.cms -> processed/error: unexpected-processing-error");
  }
}

TEST_F(WrongMessage, ACmsStructureOfTooManyElementsIsNotBuilt) {
  const auto with_nulls = [&](std::size_t count) {
    std::string nulls;
    while (nulls.size() < 2 * count) nulls += std::string("\x05\x00", 2);
    return told(holding({{{"Content-Type", "application/pkcs7-mime"}}, der_sequence(nulls)}));
  };
  // The sequence is an element too, and 20,082 bytes allow for 40 more.
  EXPECT_EQ(with_nulls(most_elements + 39), "as2.cms -> processed/error: unexpected-processing-error");
  EXPECT_EQ(with_nulls(most_elements + 40), "as2.cms_size -> processed/error: unexpected-processing-error");
}

TEST_F(WrongMessage, ASignatureThatAnnouncesTooManyDigestsIsNotComputed) {
  const std::string algorithm = der_sequence(der_object_identifier(NID_sha256));
  const auto with_digests = [&](std::size_t count, const std::string& one) {
    std::string digests;
    for (std::size_t i = 0; i < count; ++i) digests += one;
    const std::string content = der_element(V_ASN1_OCTET_STRING, TagClass::universal, "A: b\r\n\r\n");
    const std::string signed_data =
        der_sequence(der_element(V_ASN1_INTEGER, TagClass::universal, "\x01") +
                     der_element(V_ASN1_SET, TagClass::universal, digests) +
                     der_sequence(der_object_identifier(NID_pkcs7_data) + der_explicit_0(content)) +
                     der_element(V_ASN1_SET, TagClass::universal, ""));
    const std::string der = der_sequence(der_object_identifier(NID_pkcs7_signed) + der_explicit_0(signed_data));
    return told(holding({{{"Content-Type", "application/pkcs7-mime"}}, der}));
  };
  EXPECT_EQ(with_digests(most_digests, algorithm), "as2.signature -> processed/error: authentication-failed")
      << "nobody signed";
  EXPECT_EQ(with_digests(most_digests + 1, algorithm), "as2.cms_size -> processed/error: unexpected-processing-error");
  const std::string without_length = "\x30\x80" + der_object_identifier(NID_sha256) + std::string(2, '\0');
  EXPECT_EQ(with_digests(most_digests + 1, without_length),
            "as2.cms_size -> processed/error: unexpected-processing-error");
}

TEST_F(WrongMessage, LayersMayNotRepeatNorEncryptionStandInside) {
  const std::string layers = "as2.layers -> processed/error: unexpected-processing-error";
  const std::string text = "Content-Type: text/plain\r\n\r\nx";
  const auto signed_once = *signed_entity(text, *shop_.signing_key, Digest::sha256);
  EXPECT_EQ(told(holding(*signed_entity(signed_once.text(), *shop_.signing_key, Digest::sha256))), layers);
  EXPECT_EQ(told(holding(compressed_entity(compressed_entity(text).text()))), layers);
  const auto encrypted = *encrypted_entity(text, *shop_.encryption_certificate, Cipher::aes128_cbc);
  EXPECT_EQ(told(holding(*signed_entity(encrypted.text(), *shop_.signing_key, Digest::sha256))), layers);
  EXPECT_EQ(told(holding(compressed_entity(encrypted.text()))), layers);
  EXPECT_EQ(told(encrypting(encrypted.text())), layers);
}

TEST_F(WrongMessage, ItMustBeFromThePartnerToUs) {
  const std::string partner = "as2.partner -> processed/error: unknown-trading-relationship";
  auto message = sent({});
  set_field(message.headers, "AS2-From", "STRANGER");
  EXPECT_EQ(told(message), partner);
  message = sent({});
  set_field(message.headers, "AS2-To", "\"dxp edi \\\"customs\\\"\"");
  EXPECT_EQ(told(message), partner) << "names are compared exactly";
}

TEST_F(WrongMessage, ASenderIsNotItsOwnReceiver) {
  auto message = sent({});
  set_field(message.headers, "AS2-To", "DXPENT0000000001");
  EXPECT_EQ(told(message), "as2.same_party -> failed/failure: sender-equals-receiver");
}

TEST_F(WrongMessage, TheHeadersMustBeThereOnce) {
  Headers headers;
  EXPECT_EQ(tests::codes(read_head(headers)), "as2.header as2.header as2.header");
  headers = sent({}).headers;
  EXPECT_EQ(tests::codes(read_head(headers)), "no fault");
  headers.push_back({"as2-from", "OTHER"});
  EXPECT_EQ(tests::codes(read_head(headers)), "as2.header");
  headers = sent({}).headers;
  set_field(headers, "Message-ID", std::string(998, 'x'));
  EXPECT_EQ(tests::codes(read_head(headers)), "no fault");
  set_field(headers, "Message-ID", std::string(999, 'x'));
  EXPECT_EQ(tests::codes(read_head(headers)), "as2.header");
}

TEST_F(WrongMessage, AReceiptThatWeCannotMakeIsRefused) {
  auto message = sent({});
  set_field(message.headers, "Disposition-Notification-To", "x");
  set_field(message.headers, "Disposition-Notification-Options", "signed-receipt-protocol=required, pgp-signature");
  EXPECT_EQ(told(message), "as2.receipt_format -> failed/failure: unsupported format");
  set_field(message.headers, "Disposition-Notification-Options",
            "signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, md5");
  EXPECT_EQ(told(message), "as2.receipt_digest -> failed/failure: unsupported MIC-algorithms");
}

}  // namespace
}  // namespace codecs::as2

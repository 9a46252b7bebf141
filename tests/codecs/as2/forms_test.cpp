// The small forms: names, parameters, MICs, dispositions, receipt requests, multiparts.
#include <gtest/gtest.h>

#include "codecs/as2/disposition.h"
#include "codecs/as2/field_value.h"
#include "codecs/as2/mic.h"
#include "codecs/as2/mime.h"
#include "codecs/as2/party_name.h"
#include "codecs/as2/receipt_request.h"
#include "tests/codecs/as2/messages.h"

namespace codecs::as2 {
namespace {

TEST(PartyName, IsQuotedWhereItMustBe) {
  for (const auto& [name, written] :
       {std::pair{"SHOP", "SHOP"}, std::pair{"my shop", "\"my shop\""}, std::pair{R"(a"b\c)", R"("a\"b\\c")"}}) {
    EXPECT_EQ(written_party_name(name), written);
    EXPECT_EQ(read_party_name(written), name);
  }
  EXPECT_EQ(read_party_name("\"SHOP\""), "SHOP");
}

TEST(PartyName, HasOneTo128PrintableCharacters) {
  EXPECT_TRUE(is_party_name(std::string(128, 'a')));
  EXPECT_FALSE(is_party_name(std::string(129, 'a')));
  for (const char* wrong : {"", "\"\"", "a\tb", "名", "\"a\"b\"", "\"a\\\""})
    EXPECT_EQ(read_party_name(wrong), std::nullopt);
}

TEST(FieldValue, ReadsQuotedAndBareParametersInAnyCase) {
  const auto read = read_field_value(
      "Multipart/Signed; Protocol=\"application/pkcs7-signature\" ;\r\n\tMICALG=sha1; "
      "boundary=\"a;b\\\"c\";");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->value, "multipart/signed");
  EXPECT_EQ(read->parameter("protocol"), "application/pkcs7-signature");
  EXPECT_EQ(read->parameter("micalg"), "sha1");
  EXPECT_EQ(read->parameter("boundary"), "a;b\"c");
  EXPECT_EQ(read->parameter("charset"), "");
}

TEST(FieldValue, OtherAlphabetsGoByRfc2231) {
  EXPECT_EQ(written_parameter("filename", "订.xml"), "; filename*=UTF-8''%E8%AE%A2.xml");
  for (const char* text : {"a; filename*=utf-8''%E8%ae%A2.xml", "a; filename=x; filename*=UTF-8'zh'%E8%AE%A2.xml",
                           "a; filename*=UTF-8''%E8%AE%A2.xml; filename=x"}) {
    EXPECT_EQ(read_field_value(text)->parameter("filename"), "订.xml") << text;
  }
  EXPECT_EQ(read_field_value("a; filename*=x%2")->parameter("filename"), "x%2");
  EXPECT_EQ(read_field_value("a; filename*=UTF-8''x%2")->parameter("filename"), "x%2");
}

TEST(FieldValue, WhatCannotBeReadIsNothing) {
  for (const char* text : {"a; b", "a; =c", "a; b=\"c", "a; b=\"c\" d", "a; b=c; B=d", "a; \"b\"=c"}) {
    EXPECT_FALSE(read_field_value(text)) << text;
  }
}

TEST(Mic, IsComparedByValueWhateverTheDigestIsCalled) {
  const Mic sent = mic_of(Digest::sha256, "abc");
  EXPECT_EQ(written_mic(sent), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=, sha-256");
  for (const char* name : {"sha-256", "SHA256", " Sha-256 ", "sha256"}) {
    EXPECT_EQ(read_mic("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=," + std::string(name)), sent) << name;
  }
  EXPECT_EQ(read_mic("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, SHA-1"), mic_of(Digest::sha1, "abc"));
  EXPECT_EQ(read_mic("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, sha1"), mic_of(Digest::sha1, "abc"));
}

TEST(Mic, OfAnotherLengthOrDigestIsNone) {
  for (const char* text : {"", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, md5",
                           "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=, sha-256", "?, sha1", ", sha1"}) {
    EXPECT_EQ(read_mic(text), std::nullopt) << text;
  }
}

TEST(Disposition, IsReadAsPartnersWriteIt) {
  using Kind = Disposition::Kind;
  const auto read = [](const std::string& written) {
    return read_disposition("automatic-action/MDN-sent-automatically; " + written);
  };
  EXPECT_EQ(read("processed"), (Disposition{Kind::processed, ""}));
  EXPECT_EQ(read("Processed"), (Disposition{Kind::processed, ""}));
  EXPECT_EQ(read("processed/error: decryption-failed"), (Disposition{Kind::processed_with_error, "decryption-failed"}));
  EXPECT_EQ(read("processed/Error:decryption-failed"), (Disposition{Kind::processed_with_error, "decryption-failed"}));
  EXPECT_EQ(read("processed/error"), (Disposition{Kind::processed_with_error, ""}));
  EXPECT_EQ(read("processed/Warning: duplicate-document"),
            (Disposition{Kind::processed_with_warning, "duplicate-document"}));
  EXPECT_EQ(read("failed/Failure: unsupported format"), (Disposition{Kind::failed, "unsupported format"}));
  EXPECT_EQ(read("failed"), (Disposition{Kind::failed, ""}));
  EXPECT_EQ(read("processed/decryption-failed"), (Disposition{Kind::processed_with_error, "decryption-failed"}));
  EXPECT_EQ(read("displayed"), std::nullopt);
  EXPECT_EQ(read_disposition("processed"), std::nullopt);
  EXPECT_EQ(read_disposition(""), std::nullopt);
}

TEST(Disposition, WhatIsWrittenIsReadAgain) {
  using Kind = Disposition::Kind;
  for (const Kind kind : {Kind::processed_with_warning, Kind::processed_with_error, Kind::failed}) {
    const Disposition disposition{kind, "some-reason"};
    EXPECT_EQ(read_disposition(written_disposition(disposition)), disposition);
  }
  EXPECT_EQ(written_disposition({}), "automatic-action/MDN-sent-automatically; processed");
}

Headers asking(const std::string& options) {
  return {{"Disposition-Notification-To", "anybody"}, {"Disposition-Notification-Options", options}};
}

TEST(ReceiptRequest, TakesTheFirstDigestItKnows) {
  const auto digest = [](const std::string& options) { return read_receipt_request(asking(options))->signed_with; };
  EXPECT_EQ(digest("signed-receipt-protocol=optional,pkcs7-signature; signed-receipt-micalg=optional,md5,sha256,sha1"),
            Digest::sha256);
  EXPECT_EQ(digest("Signed-Receipt-Protocol = required, PKCS7-signature; signed-receipt-micalg = required, SHA-1"),
            Digest::sha1);
  EXPECT_EQ(digest("signed-receipt-protocol=optional, pkcs7-signature"), Digest::sha1);
  EXPECT_EQ(digest("signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, md5"),
            Digest::sha1);
  EXPECT_EQ(digest("signed-receipt-protocol=optional, pgp-signature"), std::nullopt);
}

TEST(ReceiptRequest, WhatIsRequiredAndNotKnownIsAFault) {
  const auto fault = [](const std::string& options) { return tests::codes(read_receipt_request(asking(options))); };
  EXPECT_EQ(fault("signed-receipt-protocol=required, pgp-signature"), "as2.receipt_format");
  EXPECT_EQ(fault("signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=required, md5"),
            "as2.receipt_digest");
  EXPECT_EQ(fault("signed-receipt-protocol"), "as2.receipt_format");
}

TEST(Multipart, IsSplitByteForByteWithEitherLineEnd) {
  const auto split = [](const std::string& body) {
    const auto parts = split_multipart(body, "b");
    if (!parts) return tests::codes(parts);
    std::string shown;
    for (const std::string_view part : *parts) shown += "[" + std::string(part) + "]";
    return shown;
  };
  EXPECT_EQ(split("--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n"), "[one][two]");
  EXPECT_EQ(split("--b\none\n--b\ntwo\n--b--"), "[one][two]");
  EXPECT_EQ(split("preamble\r\n--b  \r\none\r\n\r\n--b\t\r\n\r\n--b-- \r\nepilogue --b"), "[one\r\n][]");
  EXPECT_EQ(split("--b\r\n--bc\r\n x--b\r\n\r\r\n--b--"), "[--bc\r\n x--b\r\n\r]");
  EXPECT_EQ(split("--b\r\n--b\r\n--b--"), "[][]");
  EXPECT_EQ(split("--b\r\none\r\n--b\r\ntwo"), "as2.mime");
  EXPECT_EQ(split("--b--"), "as2.mime");
  EXPECT_EQ(split(""), "as2.mime");
  EXPECT_EQ(tests::codes(split_multipart("--\r\n----", "")), "as2.mime");
}

TEST(Multipart, SixteenPartsAreReadAndSeventeenAreNot) {
  const auto parts = [](std::size_t count) {
    const Multipart made = write_multipart(std::vector<std::string>(count, "part"));
    return tests::codes(split_multipart(made.body, made.boundary));
  };
  EXPECT_EQ(parts(most_parts), "no fault");
  EXPECT_EQ(parts(most_parts + 1), "as2.mime");
}

TEST(HeaderFields, SixtyFourKibAreReadAndAByteMoreIsNot) {
  const auto fields = [](std::size_t bytes) {
    std::size_t used = 0;
    return tests::codes(read_fields("a:" + std::string(bytes - 6, 'x') + "\r\n\r\n", used));
  };
  EXPECT_EQ(fields(most_field_bytes), "no fault");
  EXPECT_EQ(fields(most_field_bytes + 1), "as2.too_large");
}

TEST(HeaderFields, AreReadFoldedAndWithEitherLineEnd) {
  std::size_t used = 0;
  const std::string text = "A: one\n\ttwo\r\nb :three  \n\nbody";
  const auto read = read_fields(text, used);
  ASSERT_TRUE(read);
  EXPECT_EQ(text.substr(used), "body");
  EXPECT_EQ(find_field(*read, "a"), "one two");
  EXPECT_EQ(find_field(*read, "B"), "three");
  EXPECT_EQ(find_field(*read, "c"), std::nullopt);
  for (const char* wrong : {"no colon\r\n\r\n", ": x\r\n", " folded: nothing\r\n", "a b: x\r\n"}) {
    EXPECT_EQ(tests::codes(read_fields(wrong, used)), "as2.mime") << wrong;
  }
}

TEST(TransferEncoding, IsBase64OrNothing) {
  const auto decoded = [](const std::string& encoding, const std::string& body) {
    const auto bytes = decoded_body({{"content-transfer-encoding", encoding}}, body);
    return bytes ? *bytes : tests::codes(bytes);
  };
  EXPECT_EQ(decoded("Base64", "YW\r\nJj\n"), "abc");
  EXPECT_EQ(decoded("BINARY", "a\r\n"), "a\r\n");
  EXPECT_EQ(decoded("8bit", "a"), "a");
  EXPECT_EQ(decoded("base64", "a?"), "as2.mime");
  EXPECT_EQ(decoded("quoted-printable", "a"), "as2.mime");
}

}  // namespace
}  // namespace codecs::as2

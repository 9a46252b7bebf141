// The CMS parts both ways with the programs `openssl cms` and `openssl smime`.
#include <gtest/gtest.h>

#include "base/digest.h"
#include "codecs/as2/cms_compression.h"
#include "codecs/as2/layers.h"
#include "tests/codecs/as2/messages.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace codecs::as2 {
namespace {

class Openssl : public testing::Test {
 protected:
  void SetUp() override {
    if (!tests::has_program("openssl")) GTEST_SKIP() << "openssl is not installed";
  }

  std::string path(const std::string& name) const { return (scratch_.path() / name).string(); }

  // `openssl ARGUMENTS`; gives what it wrote to the file `out`.
  std::string openssl(const std::string& arguments) const {
    const auto word = arguments.find(' ');
    const auto ran =
        tests::run_shell("openssl " + arguments.substr(0, word) + " -out " + path("out") + arguments.substr(word));
    EXPECT_EQ(ran.status, 0) << ran.output;
    return tests::read_file(path("out"));
  }

  std::string file(const std::string& name, const std::string& bytes) const {
    tests::write_file(path(name), bytes);
    return path(name);
  }

  static std::string signer(const tests::As2Party& party) {
    return " -signer " + party.certificate_file.string() + " -inkey " + party.key_file.string();
  }

  // A message of the shop whose content headers and body are these.
  base::Result<ReceivedMessage> open(const std::string& mime) const {
    const auto entity = read_entity(mime);
    if (!entity) return entity.faults();
    Headers headers = tests::made({"x", "text/xml", ""}, partners_.of_shop()).headers;
    tests::drop_field(headers, "MIME-Version");
    for (const char* name : {"Content-Type", "Content-Transfer-Encoding"}) tests::drop_field(headers, name);
    headers.insert(headers.end(), entity->headers.begin(), entity->headers.end());
    return open_message(headers, entity->body, partners_.of_customs());
  }

  void expect_payload(const std::string& mime, const std::string& bytes) const {
    const auto received = open(mime);
    ASSERT_TRUE(received) << tests::codes(received) << "\n" << mime;
    EXPECT_EQ(received->payload.bytes, bytes);
    EXPECT_EQ(received->payload.content_type, "application/xml");
  }

  const tests::As2Partners& partners_ = tests::As2Partners::shared();
  tests::ScratchDirectory scratch_;
  const std::string lines_ = "<DxpMsg>\r\n订单\r\n</DxpMsg>\r\n";
  const std::string crlf_entity_ = "Content-Type: application/xml\r\n\r\n" + lines_;
};

TEST_F(Openssl, VerifiesOurSignedMessageAsItStands) {
  auto sender = partners_.of_shop();
  for (const Digest digest : {Digest::sha1, Digest::sha256}) {
    sender.outgoing.signature = digest;
    const auto message = tests::made({lines_, "application/xml", "a.xml"}, sender);
    const auto in = file("signed", write_fields(message.headers) + "\r\n" + message.body);
    const std::string command = "cms -verify -noverify -inform SMIME -in " + in;
    EXPECT_TRUE(
        openssl(command + " -certfile " + partners_.shop.certificate_file.string()).ends_with("\r\n\r\n" + lines_));
  }
}

TEST_F(Openssl, VerifiesOurSignatureOverBinary) {
  const std::string content = "Content-Type: application/octet-stream\r\n\r\n" + std::string("\0\n\r\xFF", 4);
  const auto signature = sign_detached(content, partners_.shop.keys, Digest::sha256);
  ASSERT_TRUE(signature);
  const std::string command = "cms -verify -binary -noverify -inform DER -in " + file("signature", *signature) +
                              " -content " + file("content", content);
  EXPECT_EQ(openssl(command), content);
  file("content", content + "x");
  EXPECT_NE(tests::run_shell("openssl " + command).status, 0);
}

TEST_F(Openssl, DecryptsWhatWeEncrypt) {
  auto sender = partners_.of_shop();
  for (const Cipher cipher : {Cipher::des_ede3_cbc, Cipher::aes128_cbc, Cipher::aes256_cbc}) {
    sender.outgoing.cipher = cipher;
    const auto message = tests::made(tests::as2_payload(), sender);
    const std::string text =
        openssl("cms -decrypt -binary -inform DER -in " + file("encrypted", message.body) + " -recip " +
                partners_.customs.certificate_file.string() + " -inkey " + partners_.customs.key_file.string());
    EXPECT_TRUE(text.ends_with("\r\n\r\n" + tests::as2_payload().bytes));
  }
}

TEST_F(Openssl, SeesZlibCompressedDataInWhatWeCompress) {
  const auto in = file("compressed", compress("content"));
  const std::string printed = tests::run_shell("openssl cms -cmsout -noout -print -inform DER -in " + in).output;
  for (const char* words : {"id-smime-ct-compressedData", "zlib compression", "pkcs7-data"}) {
    EXPECT_NE(printed.find(words), std::string::npos) << words << " in " << printed;
  }
}

TEST_F(Openssl, SignedBinaryOfItsOwnIsRead) {
  const std::string bytes("a\0\n\r\nb\xFF", 7);
  const auto in = file("entity", "Content-Type: application/xml\r\n\r\n" + bytes);
  for (const char* program : {"cms", "smime"}) {
    expect_payload(openssl(std::string(program) + " -sign -binary -md sha256 -in " + in + signer(partners_.shop)),
                   bytes);
  }
}

TEST_F(Openssl, SignedTextWithLinesOfLfAloneIsReadAsSigned) {
  std::string lf_entity = crlf_entity_;
  std::erase(lf_entity, '\r');
  const std::string lf_lines = lf_entity.substr(lf_entity.find("\n\n") + 2);
  const auto mime = openssl("smime -sign -md sha1 -in " + file("entity", lf_entity) + signer(partners_.shop));
  std::string as_mail = mime;
  std::erase(as_mail, '\r');
  const auto received = open(as_mail);
  ASSERT_TRUE(received) << tests::codes(received);
  EXPECT_EQ(received->payload.bytes, lines_) << "as it was signed";
  EXPECT_EQ(received->mic, mic_of(Digest::sha1, crlf_entity_));
}

TEST_F(Openssl, AnEnclosedSignatureIsRead) {
  const auto in = file("entity", crlf_entity_);
  const std::string command = "cms -sign -nodetach -binary -md sha512 -in " + in + signer(partners_.shop);
  expect_payload(openssl(command), lines_);
  expect_payload(openssl(command + " -keyid"), lines_);
  expect_payload(openssl(command + " -nocerts"), lines_);
  EXPECT_EQ(open(openssl(command))->mic, mic_of(Digest::sha512, crlf_entity_));
}

TEST_F(Openssl, ASignatureByTwoIsNotTaken) {
  const std::string both = openssl("cms -sign -nodetach -binary -in " + file("entity", crlf_entity_) +
                                   signer(partners_.shop) + signer(partners_.stranger));
  EXPECT_EQ(tests::codes(open(both)), "as2.signature");
}

TEST_F(Openssl, ASignatureWithMd5IsNotTaken) {
  const auto in = file("entity", crlf_entity_);
  EXPECT_EQ(tests::codes(open(openssl("cms -sign -nodetach -binary -md md5 -in " + in + signer(partners_.shop)))),
            "as2.weak_digest");
}

TEST_F(Openssl, EncryptedInEveryFormIsRead) {
  const std::string recipient = " " + partners_.customs.certificate_file.string();
  const auto in = file("entity", crlf_entity_);
  for (const char* cipher : {"-des3", "-aes128", "-aes192", "-aes256"}) {
    for (const char* program : {"cms", "smime"}) {
      expect_payload(openssl(std::string(program) + " -encrypt -binary -in " + in + " " + cipher + recipient), lines_);
    }
  }
  const std::string pieces = openssl("cms -encrypt -binary -stream -outform DER -aes128 -in " + in + recipient);
  ASSERT_EQ(pieces.substr(0, 2), "\x30\x80") << "of indefinite length";
  expect_payload("Content-Type: application/x-pkcs7-mime\r\n\r\n" + pieces, lines_);
}

TEST_F(Openssl, EncryptedForSeveralIsReadByEach) {
  const std::string text =
      openssl("cms -encrypt -binary -aes128 -in " + file("entity", crlf_entity_) + " " +
              partners_.stranger.certificate_file.string() + " " + partners_.customs.certificate_file.string());
  expect_payload(text, lines_);
}

TEST_F(Openssl, SignedAndEncryptedIsRead) {
  const std::string signed_text =
      openssl("cms -sign -binary -md sha256 -in " + file("entity", crlf_entity_) + signer(partners_.shop));
  const std::string both = openssl("cms -encrypt -binary -aes256 -in " + file("signed", signed_text) + " " +
                                   partners_.customs.certificate_file.string());
  expect_payload(both, lines_);
  EXPECT_TRUE(open(both)->encrypted && open(both)->signer);
}

// As Java programs write it: every length open, the octets in pieces.
TEST(Compression, OfIndefiniteLengthIsRead) {
  const std::string text = "Content-Type: text/plain\r\n\r\n" + std::string(300, 'x');
  const std::string der = compress(text);
  const auto octets = der.rfind(std::string("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", 11)) + 11 + 4;
  const std::string zlib = der.substr(octets);
  const auto piece = [](const std::string& bytes) {
    return std::string("\x04") + static_cast<char>(bytes.size()) + bytes;
  };
  const std::string ends(2, '\0');
  const std::string data_type("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01", 11);
  const std::string enclosed = "\x30\x80" + data_type + "\xA0\x80\x24\x80" + piece(zlib.substr(0, 10)) +
                               piece(zlib.substr(10)) + ends + ends + ends;
  const std::string algorithm("\x30\x0D\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x03\x08", 15);
  const std::string ber = "\x30\x80" + std::string("\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09", 13) +
                          "\xA0\x80\x30\x80" + std::string("\x02\x01\x00", 3) + algorithm + enclosed + ends + ends +
                          ends;
  const auto cms = read_cms(ber);
  ASSERT_TRUE(cms) << tests::codes(cms);
  EXPECT_EQ(*decompress(cms->cms.get(), 10'000), text);
}

}  // namespace
}  // namespace codecs::as2

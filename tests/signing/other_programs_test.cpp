// What we sign, checked by programs that share no code of ours: xmlsec1, xmllint and openssl.
#include <gtest/gtest.h>

#include "base/base64.h"
#include "signing/keys/file_key.h"
#include "signing/sign.h"
#include "signing/verify.h"
#include "tests/signing/messages.h"
#include "tests/support/shell.h"

namespace {

using tests::has_program;
using tests::Identities;
using tests::run_shell;

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

std::string der_integer(std::string bytes) {
  bytes.erase(0, std::min(bytes.find_first_not_of('\0'), bytes.size() - 1));
  if (static_cast<unsigned char>(bytes.front()) >= 0x80) bytes.insert(0, 1, '\0');
  return std::string("\x02") + static_cast<char>(bytes.size()) + bytes;
}

std::string der_of(const std::string& value) {
  const auto both = der_integer(value.substr(0, 32)) + der_integer(value.substr(32));
  return std::string("\x30") + static_cast<char>(both.size()) + both;
}

class OtherPrograms : public testing::Test {
 protected:
  std::string signed_by(const std::string& name) const {
    const auto input =
        tests::message("\r\n <ceb:Order a='>'>\r\n<ceb:note>中文&amp;<![CDATA[<]]></ceb:note></ceb:Order>\n");
    const auto& dialect = *signing::find_dialect(signing::standard_dialects(), name);
    const auto made = signing::sign(input, *ours_.key_for(dialect), dialect, {});
    EXPECT_TRUE(made);
    tests::write_file(scratch_.path() / "signed.xml", *made);
    return *made;
  }

  std::string path(const std::string& name) const { return (scratch_.path() / name).string(); }

  const Identities& ours_ = Identities::shared();
  tests::ScratchDirectory scratch_;
};

TEST_F(OtherPrograms, Xmlsec1AcceptsRsaSha1) {
  if (!has_program("xmlsec1")) GTEST_SKIP() << "xmlsec1 is not installed";
  const auto text = signed_by("rsa-sha1");
  const auto command =
      "xmlsec1 --verify --trusted-pem " + ours_.authority.rsa_root().string() + " " + path("signed.xml");
  const auto good = run_shell(command);
  EXPECT_EQ(good.status, 0) << good.output;
  tests::write_file(path("signed.xml"), tests::replaced(text, "中文", "中"));
  EXPECT_NE(run_shell(command).status, 0);
}

TEST_F(OtherPrograms, OpensslAcceptsTheSm2ValueOverTheWrittenSignedInfo) {
  if (!has_program("openssl")) GTEST_SKIP() << "openssl is not installed";
  for (const auto* dialect : {"sm2-sm3", "hainan-sm2"}) {
    const auto text = signed_by(dialect);
    const auto inside = between(text, "<ds:SignedInfo>", "</ds:SignedInfo>");
    tests::write_file(path("info"),
                      "<ds:SignedInfo xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" "
                      "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
                      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">" +
                          inside + "</ds:SignedInfo>");
    const auto value = base::read_base64(between(text, "<ds:SignatureValue>", "</ds:SignatureValue>"));
    ASSERT_TRUE(value);
    ASSERT_EQ(value->size(), 64U);
    tests::write_file(path("value"), der_of(*value));
    ASSERT_EQ(
        run_shell("openssl x509 -pubkey -noout -in " + ours_.sm2.certificate.string() + " -out " + path("pub")).status,
        0);
    const auto checked = run_shell("openssl dgst -sm3 -verify " + path("pub") + " -signature " + path("value") +
                                   " -sigopt distid:1234567812345678 " + path("info"));
    EXPECT_EQ(checked.status, 0) << checked.output;
  }
}

TEST_F(OtherPrograms, XmllintAndOpensslComputeTheSameDigests) {
  if (!has_program("xmllint") || !has_program("openssl")) GTEST_SKIP() << "xmllint or openssl is not installed";
  for (const auto& [dialect, algorithm] : {std::pair{"sm2-sm3", "sm3"}, {"hainan-sm2", "sha1"}, {"rsa-sha1", "sha1"}}) {
    const auto text = signed_by(dialect);
    tests::write_file(path("content.xml"), tests::without_signature_element(text));
    const auto digest = run_shell("xmllint --c14n " + path("content.xml") + " | openssl dgst -binary -" + algorithm);
    EXPECT_EQ(base::base64(digest.output), between(text, "<ds:DigestValue>", "</ds:DigestValue>"));
  }
}

TEST_F(OtherPrograms, OpensslPrintsTheSerialThatKeyNameCarries) {
  if (!has_program("openssl")) GTEST_SKIP() << "openssl is not installed";
  for (const auto* identity : {&ours_.sm2, &ours_.rsa}) {
    auto printed = run_shell("openssl x509 -noout -serial -in " + identity->certificate.string()).output;
    for (char& c : printed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_EQ(printed, "serial=" + Identities::open(*identity)->certificate().serial + "\n");
  }
}

TEST_F(OtherPrograms, KeysOfTheScriptOpenAndLeadToTheirRoot) {
  if (!has_program("openssl")) GTEST_SKIP() << "openssl is not installed";
  const auto script = (tests::source_directory() / "tools" / "make_test_keys.sh").string();
  const auto made = run_shell(script + " " + path("keys") + " shop 支付");
  ASSERT_EQ(made.status, 0) << made.output;
  EXPECT_EQ(made.output, "");
  const std::vector<std::filesystem::path> root{path("keys/ca.cert.pem")};
  const auto trust = signing::Trust::from_files(root);
  ASSERT_TRUE(trust);
  for (const auto* name : {"shop", "支付"}) {
    const auto stem = path("keys/") + name;
    EXPECT_TRUE(signing::keys::key_file_care(stem + ".key.pem").empty());
    const auto key = signing::keys::open_key({.uri = stem + ".key.pem", .certificate = stem + ".cert.pem"});
    ASSERT_TRUE(key) << key.faults().front().en;
    const auto text =
        signing::sign(tests::message(""), **key, *signing::find_dialect(signing::standard_dialects(), "sm2-sm3"), {});
    ASSERT_TRUE(text);
    EXPECT_TRUE(signing::verify(*text, {.trust = &*trust, .now = base::SystemClock().now()}).valid);
  }
}

}  // namespace

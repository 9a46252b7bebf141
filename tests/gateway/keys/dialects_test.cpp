#include "gateway/keys/dialects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "signing/sign.h"
#include "signing/signature_value.h"
#include "signing/verify.h"
#include "tests/signing/messages.h"

namespace {

using namespace testing;
using gateway::keys::dialect_name;
using gateway::keys::dialects_of;
using gateway::keys::find_dialect;
using signing::KeyKind;
using tests::Identities;

const std::string two_children = "<ceb:Order><a>1</a></ceb:Order><ceb:BaseTransfer/>";

class OwnDialect : public Test {
 protected:
  OwnDialect() {
    own.name = "site";
    own.like = "sm2-sm3";
  }
  signing::Dialect dialect(KeyKind kind = KeyKind::sm2) {
    config::Settings settings;
    settings.dialects = {own};
    auto found = find_dialect(dialects_of(settings), "site", kind);
    EXPECT_TRUE(found) << found.faults().front().en;
    return found ? *found : signing::Dialect{};
  }
  std::string made(KeyKind kind = KeyKind::sm2) {
    const auto its = dialect(kind);
    const auto key = Identities::shared().key_for(its);
    const auto text = signing::sign(tests::message(two_children, tests::ceb_declaration), *key, its, {});
    EXPECT_TRUE(text) << text.faults().front().en;
    return text ? *text : "";
  }
  bool holds(const std::string& text, const signing::Dialect& terms) {
    return signing::verify(text, {.now = tests::signing_time, .dialects = {&terms, 1}}).valid;
  }
  static std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const auto at = text.find(begin);
    if (at == std::string::npos) return "";
    return text.substr(at + begin.size(), text.find(end, at) - at - begin.size());
  }
  static std::string value_in(const std::string& text) {
    return *base::read_base64(between(text, "<ds:SignatureValue>", "</ds:SignatureValue>"));
  }

  config::Dialect own;
};

TEST_F(OwnDialect, WithoutWordsOfItsOwnIsAsTheOneItIsLike) {
  const auto text = made();
  EXPECT_TRUE(holds(text, dialect()));
  EXPECT_TRUE(holds(text, signing::default_dialect(KeyKind::sm2)));
}

TEST_F(OwnDialect, WritesTheValueAsDer) {
  own.value = "der";
  const auto text = made();
  EXPECT_TRUE(signing::sm2_value_of_der(value_in(text)));
  EXPECT_TRUE(holds(text, dialect()));
  EXPECT_FALSE(holds(text, signing::default_dialect(KeyKind::sm2)));
}

TEST_F(OwnDialect, WritesTheSerialNumberInUpperCase) {
  own.key_name = "serial-upper";
  const auto text = made();
  const auto name = between(text, "<ds:KeyName>", "</ds:KeyName>");
  std::string upper = Identities::shared().sm2.serial;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(name, upper);
  EXPECT_TRUE(holds(text, dialect()));
}

TEST_F(OwnDialect, LeavesOutTheKeyName) {
  own.key_name = "absent";
  const auto text = made();
  EXPECT_THAT(text, Not(HasSubstr("KeyName")));
  EXPECT_TRUE(holds(text, dialect()));
}

TEST_F(OwnDialect, DeclaresItsOwnNamespacesAndNoOthers) {
  own.namespaces = {{"ceb", "http://www.chinaport.gov.cn/ceb"}, {"extra", "urn:site"}};
  const auto text = made();
  EXPECT_THAT(text, HasSubstr("xmlns:extra=\"urn:site\""));
  EXPECT_THAT(text, Not(HasSubstr("xmlns:xsi")));
  EXPECT_TRUE(holds(text, dialect()));
}

TEST_F(OwnDialect, PutsTheSignatureFirst) {
  own.place = "first";
  const auto text = made();
  EXPECT_LT(text.find("<ds:Signature "), text.find("<ceb:Order>"));
  EXPECT_TRUE(holds(text, dialect()));
}

TEST_F(OwnDialect, PutsTheSignatureLast) {
  own.place = "last";
  const auto text = made();
  EXPECT_GT(text.find("<ds:Signature "), text.find("<ceb:BaseTransfer"));
  EXPECT_TRUE(holds(text, dialect()));
}

TEST_F(OwnDialect, PutsTheSignatureBeforeAChild) {
  own.place = "BaseTransfer";
  const auto text = made();
  EXPECT_GT(text.find("<ds:Signature "), text.find("</ceb:Order>"));
  EXPECT_LT(text.find("<ds:Signature "), text.find("<ceb:BaseTransfer"));
  EXPECT_TRUE(holds(text, dialect()));
}

TEST_F(OwnDialect, NamesAlgorithmsByItsOwnUris) {
  own.signature_method = "urn:site#sm2";
  own.digest_method = "urn:site#sm3";
  const auto text = made();
  EXPECT_THAT(text, HasSubstr("Algorithm=\"urn:site#sm2\""));
  EXPECT_THAT(text, HasSubstr("Algorithm=\"urn:site#sm3\""));
  EXPECT_TRUE(holds(text, dialect()));
  EXPECT_FALSE(holds(text, signing::default_dialect(KeyKind::sm2)));
}

TEST_F(OwnDialect, DigestsOtherwiseThanTheUriSays) {
  own.digest = "sha256";
  const auto text = made();
  EXPECT_THAT(text, HasSubstr(signing::default_dialect(KeyKind::sm2).digest_method));
  EXPECT_TRUE(holds(text, dialect()));
  EXPECT_FALSE(holds(text, signing::default_dialect(KeyKind::sm2)));
}

TEST_F(OwnDialect, SignsWithRsaAndSha256) {
  own.like = "rsa-sha1";
  own.signature = "rsa-sha256";
  own.digest = "sha256";
  own.signature_method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  own.digest_method = "http://www.w3.org/2001/04/xmlenc#sha256";
  const auto text = made(KeyKind::rsa);
  EXPECT_TRUE(holds(text, dialect(KeyKind::rsa)));
  auto sha1 = dialect(KeyKind::rsa);
  sha1.signature = signing::SignatureAlgorithm::rsa_sha1;
  EXPECT_FALSE(holds(text, sha1));
}

TEST(FindDialect, WithoutANameIsByTheKindOfKey) {
  const auto known = dialects_of({});
  EXPECT_EQ(find_dialect(known, "", KeyKind::sm2)->name, "sm2-sm3");
  EXPECT_EQ(find_dialect(known, "", KeyKind::rsa)->name, "rsa-sha1");
}

TEST(FindDialect, AnUnknownNameIsAFaultThatTellsTheKnownOnes) {
  config::Settings settings;
  settings.dialects.emplace_back().name = "site";
  settings.dialects.back().like = "sm2-sm3";
  const auto found = find_dialect(dialects_of(settings), "sm2-sm4", KeyKind::sm2);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.faults().front().code, "signing.dialect");
  EXPECT_THAT(found.faults().front().en, AllOf(HasSubstr("sm2-sm4"), HasSubstr("hainan-sm2"), HasSubstr("site")));
  EXPECT_THAT(found.faults().front().zh, AllOf(HasSubstr("sm2-sm4"), HasSubstr("site")));
}

TEST(FindDialect, OneForAnotherKindOfKeyIsAFaultThatTellsTheKind) {
  const auto found = find_dialect(dialects_of({}), "sm2-sm3", KeyKind::rsa);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.faults().front().code, "signing.dialect");
  EXPECT_THAT(found.faults().front().en, AllOf(HasSubstr("sm2-sm3"), HasSubstr("RSA")));
}

TEST(DialectName, IsTheEnterprisesElseThePorts) {
  config::Enterprise enterprise;
  config::Port port;
  EXPECT_EQ(dialect_name(enterprise, port), "");
  port.dialect = "hainan-sm2";
  EXPECT_EQ(dialect_name(enterprise, port), "hainan-sm2");
  enterprise.dialect = "sm2-sm3";
  EXPECT_EQ(dialect_name(enterprise, port), "sm2-sm3");
}

}  // namespace

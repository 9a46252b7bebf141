// POST /v1/sign: what it makes, checked with OpenSSL and with our own verification.
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "base/base64.h"
#include "base/digest.h"
#include "signing/openssl_handles.h"
#include "signing/signature_value.h"
#include "signing/verify.h"
#include "tests/gateway/signatures/running_desk.h"

namespace tests {
namespace {

using testing::HasSubstr;
using Object = boost::json::object;

const std::string payment_text =
    R"("sessionID":"0FE2A1C0"||"payExchangeInfoHead":"{"guid":"G1","payer":"测试甲"}"||"serviceTime":"1769823000000")";

signing::Verification judged(const std::string& xml) {
  return signing::verify(xml, {.now = *base::read_rfc3339("2026-01-31T09:30:00+08:00")});
}

std::size_t count_of(const std::string& what, const std::string& text) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// With OpenSSL alone, from what the answer holds.
bool value_holds(const Told& told, const std::string& text, const EVP_MD* digest) {
  const std::string der = base::read_base64(told.text("certificate")).value();
  const auto* begin = signing::octets(der);
  const signing::Handle<X509> certificate(d2i_X509(nullptr, &begin, static_cast<long>(der.size())));
  EVP_PKEY* key = X509_get0_pubkey(certificate.get());
  std::string value = base::read_base64(told.text("value")).value();
  const bool is_sm2 = digest == EVP_sm3();
  if (is_sm2) value = signing::der_of_sm2_value(value);
  const signing::Handle<EVP_MD_CTX> context(EVP_MD_CTX_new());
  const signing::Handle<EVP_PKEY_CTX> with_id(EVP_PKEY_CTX_new(key, nullptr));
  if (is_sm2) EVP_PKEY_CTX_set1_id(with_id.get(), "1234567812345678", 16);
  EVP_MD_CTX_set_pkey_ctx(context.get(), with_id.get());
  return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), signing::octets(value), value.size(), signing::octets(text), text.size()) == 1;
}

TEST(SigningXml, GivesTheSignedTextWithTheNumberOfTheCertificate) {
  RunningDesk desk;
  const Told told = desk.sign({{"enterprise", with_sm2}, {"xml", ceb_text("CEB311Message")}});
  ASSERT_EQ(told.status, 200u) << told.body;
  const auto found = judged(told.text("xml"));
  EXPECT_TRUE(found.valid);
  EXPECT_EQ(found.dialect, "sm2-sm3");
  EXPECT_EQ(told.text("dialect"), "sm2-sm3");
  EXPECT_EQ(told.text("serial"), desk.identity(with_sm2).serial);
  EXPECT_EQ(told.text("certificate_number"), desk.identity(with_sm2).serial);
  EXPECT_THAT(told.text("xml"), HasSubstr("<ds:KeyName>" + told.text("certificate_number") + "</ds:KeyName>"));
  EXPECT_THAT(told.text("xml"), HasSubstr("xmlns:xsi=")) << "what the dialect needs is added";
}

TEST(SigningXml, PutsTheSignatureWhereTheTypeWantsIt) {
  RunningDesk desk;
  bool some_type_is_told = false;
  for (const auto& type : RunningDesk::catalog().types()) {
    if (type.signature_before.empty()) continue;
    some_type_is_told = true;
    const std::string next = "<ceb:" + type.signature_before.substr(type.signature_before.find(':') + 1) + "/>";
    const Told told = desk.sign({{"enterprise", with_sm2}, {"xml", ceb_text(type.name, "<ceb:A/>" + next)}});
    ASSERT_EQ(told.status, 200u) << told.body;
    EXPECT_THAT(told.text("xml"), HasSubstr("</ds:Signature>" + next)) << type.name;
  }
  EXPECT_TRUE(some_type_is_told);
  const Told of_no_type = desk.sign({{"enterprise", with_sm2}, {"xml", "<Anything><A/></Anything>"}});
  ASSERT_EQ(of_no_type.status, 200u) << of_no_type.body;
  EXPECT_THAT(of_no_type.text("xml"), HasSubstr("</ds:Signature></Anything>"));
}

TEST(SigningXml, ReplacesASignature) {
  RunningDesk desk;
  const Told first = desk.sign({{"enterprise", with_sm2}, {"xml", ceb_text("CEB311Message")}});
  const Told second = desk.sign({{"enterprise", with_rsa}, {"xml", first.text("xml")}});
  ASSERT_EQ(second.status, 200u) << second.body;
  EXPECT_EQ(count_of("<ds:Signature ", second.text("xml")), 1u);
  EXPECT_TRUE(judged(second.text("xml")).valid);
  EXPECT_EQ(second.text("serial"), desk.identity(with_rsa).serial);
  EXPECT_EQ(second.text("dialect"), "rsa-sha1");
}

TEST(SigningXml, SignsInTheDialectThatIsNamed) {
  RunningDesk desk;
  const Told told =
      desk.sign({{"enterprise", with_sm2}, {"xml", ceb_text("CEB621Message")}, {"dialect", "hainan-sm2"}});
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.text("dialect"), "hainan-sm2");
  EXPECT_EQ(judged(told.text("xml")).dialect, "hainan-sm2");
  const Told unfit = desk.sign({{"enterprise", with_rsa}, {"xml", ceb_text("CEB621Message")}, {"dialect", "sm2-sm3"}});
  EXPECT_EQ(unfit.status, 422u);
  EXPECT_EQ(unfit.faults(), "signing.dialect \n");
}

TEST(SigningXml, ATextThatIsNoXmlOrHoldsASignatureDeeperIsRefusedAndNotRecorded) {
  RunningDesk desk;
  const Told broken = desk.sign({{"enterprise", with_sm2}, {"xml", "<a><b></a>"}});
  EXPECT_EQ(broken.status, 422u);
  EXPECT_THAT(broken.faults(), HasSubstr("xml.syntax"));
  const std::string deeper = "<A><B><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></B></A>";
  const Told nested = desk.sign({{"enterprise", with_sm2}, {"xml", deeper}});
  EXPECT_EQ(nested.status, 422u);
  EXPECT_THAT(nested.faults(), HasSubstr("signature.place"));
  EXPECT_TRUE(desk.ledger().signings({}).signings.empty());
}

TEST(SigningText, OfAnSm2KeyIsRAndSOverTheBytesOfTheText) {
  RunningDesk desk;
  const Told told = desk.sign({{"enterprise", with_sm2}, {"text", payment_text}});
  ASSERT_EQ(told.status, 200u) << told.body;
  EXPECT_EQ(told.text("algorithm"), "sm2-sm3");
  EXPECT_EQ(told.text("certificate_number"), desk.identity(with_sm2).serial);
  EXPECT_EQ(base::read_base64(told.text("value"))->size(), 64u);
  EXPECT_TRUE(value_holds(told, payment_text, EVP_sm3()));
  EXPECT_FALSE(value_holds(told, payment_text + " ", EVP_sm3()));
}

TEST(SigningText, OfAnRsaKeyIsWithSha1UnlessSha256IsAskedFor) {
  RunningDesk desk;
  const Told usual = desk.sign({{"enterprise", with_rsa}, {"text", payment_text}});
  ASSERT_EQ(usual.status, 200u) << usual.body;
  EXPECT_EQ(usual.text("algorithm"), "rsa-sha1");
  EXPECT_TRUE(value_holds(usual, payment_text, EVP_sha1()));
  const Told sha1 = desk.sign({{"enterprise", with_rsa}, {"text", payment_text}, {"digest", "sha1"}});
  EXPECT_EQ(sha1.text("value"), usual.text("value"));
  const Told sha256 = desk.sign({{"enterprise", with_rsa}, {"text", payment_text}, {"digest", "sha256"}});
  ASSERT_EQ(sha256.status, 200u) << sha256.body;
  EXPECT_EQ(sha256.text("algorithm"), "rsa-sha256");
  EXPECT_TRUE(value_holds(sha256, payment_text, EVP_sha256()));
}

TEST(SigningText, OfAnSm2KeyTakesNoOtherDigest) {
  RunningDesk desk;
  const Told told = desk.sign({{"enterprise", with_sm2}, {"text", payment_text}, {"digest", "sha256"}});
  EXPECT_EQ(told.status, 422u);
  EXPECT_EQ(told.faults(), "sign.digest /digest\n");
}

struct WrongOrder {
  const char* name;
  const char* body;
  unsigned status;
  const char* faults;
};

class SigningWrongOrders : public testing::TestWithParam<WrongOrder> {};

TEST_P(SigningWrongOrders, AreRefusedWithEveryFaultAtOnce) {
  RunningDesk desk;
  Asked asked;
  asked.body = GetParam().body;
  const Told told = desk.ask(asked);
  EXPECT_EQ(told.status, GetParam().status) << told.body;
  EXPECT_EQ(told.faults(), GetParam().faults);
  EXPECT_TRUE(desk.ledger().signings({}).signings.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Orders, SigningWrongOrders,
    testing::Values(
        WrongOrder{"Broken", "{", 400, "json.syntax \n"}, WrongOrder{"NoObject", "[]", 422, "json.shape \n"},
        WrongOrder{"Empty", "{}", 422, "intake.enterprise /enterprise\njson.shape \n"},
        WrongOrder{"Both", R"({"enterprise":"4601960001","xml":"<a/>","text":"a"})", 422, "json.shape \n"},
        WrongOrder{"NothingToSign", R"({"enterprise":"4601960001","text":""})", 422, "sign.empty /text\n"},
        WrongOrder{"NoStrings", R"({"enterprise":1,"xml":2,"dialect":3,"digest":4})", 422,
                   "json.shape /enterprise\njson.shape /xml\njson.shape /dialect\njson.shape /digest\n"},
        WrongOrder{"Everything", R"({"enterprise":"9","xml":"","dialect":"x","digest":"md5","force":true})", 422,
                   "json.shape /force\nintake.enterprise /enterprise\nsign.empty /xml\nsign.dialect /dialect\n"
                   "sign.digest /digest\n"},
        WrongOrder{"Twice", R"({"enterprise":"4601960001","text":"a","text":"b"})", 422, "json.shape /text\n"},
        WrongOrder{"DialectOfText", R"({"enterprise":"4601960001","text":"a","dialect":"sm2-sm3"})", 422,
                   "sign.dialect /dialect\n"},
        WrongOrder{"UnknownDigest", R"({"enterprise":"4601960002","text":"a","digest":"md5"})", 422,
                   "sign.digest /digest\n"}),
    [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace tests

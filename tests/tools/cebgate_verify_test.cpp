// `cebgate verify` as a program: what it says of each step, the likely causes, the canonical bytes, and what it
// compares a signature with.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "signing/keys/open_key.h"
#include "signing/sign.h"
#include "signing/signature_value.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/test_keys.h"
#include "tests/tools/cebgate_documents.h"

namespace tests::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string order =
    "<ceb:CEB311Message xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"><ceb:Order><ceb:note>茶</ceb:note></ceb:Order>"
    "</ceb:CEB311Message>";
const std::string company = "示例电商";

class CebgateVerify : public ::testing::Test {
 protected:
  std::string signed_order(const std::string& dialect) {
    const auto& wanted = *signing::find_dialect(signing::standard_dialects(), dialect);
    const auto& identity = signing::key_kind(wanted.signature) == signing::KeyKind::sm2 ? sm2_ : rsa_;
    const auto key = signing::keys::open_key({.uri = identity.key.string(), .certificate = identity.certificate});
    const auto made = signing::sign(order, **key, wanted, {});
    if (!made) throw std::runtime_error(made.faults().front().en);
    return *made;
  }

  Ran verify(const std::string& text, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"verify", cebgate_.write("message.xml", text)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cebgate_(arguments);
  }

  boost::json::object json_of(const std::string& text, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--format", "json"});
    return boost::json::parse(verify(text, more).out).at(0).as_object();
  }

  static std::string step(const boost::json::object& object, std::string_view name) {
    for (const auto& one : object.at("steps").as_array()) {
      if (one.at("name").as_string() == name) return std::string(one.at("verdict").as_string());
    }
    return "absent";
  }

  CebgateRun cebgate_;
  TestAuthority authority_{cebgate_.path("keys")};
  TestIdentity sm2_ = authority_.issue_sm2(company), rsa_ = authority_.issue_rsa(company);
};

// The value in DER, as many programs write it.
std::string with_der(std::string text) {
  const auto begin = text.find("<ds:SignatureValue>") + 19;
  const auto size = text.find('<', begin) - begin;
  const auto value = base::read_base64(text.substr(begin, size));
  return text.replace(begin, size, base::base64(signing::der_of_sm2_value(*value)));
}

TEST_F(CebgateVerify, NamesTheLikelyCauseInEitherLanguage) {
  const auto text = with_der(signed_order("sm2-sm3"));
  const auto english = verify(text, {"--explain"});
  EXPECT_EQ(english.status, 1);
  EXPECT_THAT(english.out, AllOf(HasSubstr("value-form: bad: "), HasSubstr("signed-info: good: "),
                                 HasSubstr("likely cause: der-value: "), HasSubstr("revocation: not checked: ")));
  EXPECT_THAT(verify(text, {"--explain", "--lang", "zh"}).out, HasSubstr("可能的原因: der-value: "));
  EXPECT_THAT(verify(text, {}).out, Not(HasSubstr("likely cause")));
}

TEST_F(CebgateVerify, GivesStepsCausesAndCertificateAsJson) {
  const auto object = json_of(with_der(signed_order("sm2-sm3")));
  EXPECT_FALSE(object.at("valid").as_bool());
  ASSERT_EQ(object.at("causes").as_array().size(), 1U);
  EXPECT_EQ(object.at("causes").at(0).at("name").as_string(), "der-value");
  EXPECT_EQ(object.at("steps").as_array().size(), 14U);
  EXPECT_EQ(object.at("certificate").at("key").as_string(), "SM2");
  EXPECT_TRUE(object.at("certificate").at("eport").is_null());
  EXPECT_EQ(object.at("certificate").at("not_before").as_string(), "2020-01-01T08:00:00.000+08:00");
}

TEST_F(CebgateVerify, WritesTheCanonicalBytesAndNothingElse) {
  const auto text = signed_order("rsa-sha256");
  const auto document = verify(text, {"--canonical", "document"});
  EXPECT_EQ(document.status, 0);
  EXPECT_EQ(document.out, order);
  EXPECT_THAT(document.err, HasSubstr("good signature"));
  const auto info = verify(text, {"--canonical", "signed-info"});
  EXPECT_THAT(info.out, StartsWith("<ds:SignedInfo xmlns:ceb="));
  EXPECT_THAT(info.out, ::testing::EndsWith("</ds:SignedInfo>"));
  const auto json = verify(text, {"--canonical", "document", "--format", "json"});
  EXPECT_EQ(json.out, order);
  EXPECT_TRUE(boost::json::parse(json.err).at(0).at("valid").as_bool());
}

TEST_F(CebgateVerify, WritesCanonicalBytesOfOneFileOnly) {
  const auto file = cebgate_.write("signed.xml", signed_order("sm2-sm3"));
  const auto two = cebgate_({"verify", file, file, "--canonical", "document"});
  EXPECT_EQ(two.status, 2);
  EXPECT_EQ(two.out, "");
  EXPECT_EQ(cebgate_({"verify", file, "--canonical", "everything"}).status, 2);
  const auto absent = verify(order, {"--canonical", "signed-info"});
  EXPECT_EQ(absent.status, 1);
  EXPECT_EQ(absent.out, "");
  EXPECT_THAT(absent.err, HasSubstr("signature.absent"));
}

TEST_F(CebgateVerify, HoldsTheDialectAgainstWhatThePortTakes) {
  const auto text = signed_order("hainan-sm2");
  EXPECT_EQ(verify(text, {"--dialect", "hainan-sm2"}).status, 0);
  const auto other = verify(text, {"--dialect", "sm2-sm3", "--explain"});
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.out, AllOf(HasSubstr("dialect: bad: "), HasSubstr("likely cause: wrong-algorithm: ")));
  const auto unknown = verify(text, {"--dialect", "md5"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("hainan-sm2"));
}

TEST_F(CebgateVerify, ComparesTheCompany) {
  const auto text = signed_order("sm2-sm3");
  EXPECT_EQ(step(json_of(text, {"--company", company}), "company"), "good");
  const auto other = verify(text, {"--company", "另一家"});
  EXPECT_EQ(other.status, 0);
  EXPECT_THAT(other.out, HasSubstr("signature.company"));
}

TEST_F(CebgateVerify, TakesDialectAndCompanyFromTheSettings) {
  std::string settings = settings_text();
  settings.replace(settings.find("url = \"http"), 0, "dialect = \"hainan-sm2\"\n");
  const auto file = cebgate_.write("cebgate.toml", settings);
  const std::vector<std::string> ours{"--config", file, "--enterprise", "4601960001"};
  const auto good = json_of(signed_order("hainan-sm2"), ours);
  EXPECT_EQ(step(good, "dialect"), "good");
  EXPECT_EQ(step(good, "company"), "good");
  EXPECT_EQ(step(json_of(signed_order("sm2-sm3"), ours), "dialect"), "bad");
  const auto nobody = verify(order, {"--config", file, "--enterprise", "0"});
  EXPECT_EQ(nobody.status, 2);
  EXPECT_THAT(nobody.err, HasSubstr("verify.enterprise"));
  EXPECT_EQ(verify(order, {"--config", file}).status, 2);
}

TEST_F(CebgateVerify, NamesARevocationListThatIsNone) {
  const auto root = authority_.sm2_root().string();
  const auto text = signed_order("sm2-sm3");
  const auto ran = verify(text, {"--trust", root, "--crl", root});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("trust.form"));
  EXPECT_EQ(verify(text, {"--crl", root}).status, 2);
  EXPECT_EQ(step(json_of(text, {"--trust", root}), "revocation"), "not_checked");
}

}  // namespace
}  // namespace tests::tools

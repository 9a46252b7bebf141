// `cebgate sign` and `verify` as programs: each dialect, and what a careless or wrong key gets.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cebgate_run.h"
#include "tests/support/test_keys.h"
#include "tests/tools/cebgate_documents.h"

namespace tests::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct DialectCase {
  std::string dialect;
  bool is_rsa;
};

class CebgateSign : public ::testing::TestWithParam<DialectCase> {
 protected:
  CebgateSign() : authority_(cebgate_.path("keys")) {
    const Ran built = cebgate_({"build", "CEB621Message", cebgate_.write("in.json", inventory_document("N1")), "-o",
                                cebgate_.path("unsigned.xml"), "--config",
                                cebgate_.write("cebgate.toml", settings_text()), "--enterprise", "4601960001"});
    if (built.status != 0) throw std::runtime_error(built.err);
  }
  Ran sign(const TestIdentity& identity, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {
        "sign",  cebgate_.path("unsigned.xml"), "-o",     cebgate_.path("signed.xml"),
        "--key", identity.key.string(),         "--cert", identity.certificate.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cebgate_(arguments);
  }

  CebgateRun cebgate_;
  TestAuthority authority_;
};

TEST_P(CebgateSign, SignsSoThatSchemaAndSignatureHold) {
  const bool is_rsa = GetParam().is_rsa;
  const TestIdentity identity = is_rsa ? authority_.issue_rsa("4601960001") : authority_.issue_sm2("4601960001");
  const Ran done = sign(identity, {"--dialect", GetParam().dialect});
  ASSERT_EQ(done.status, 0) << done.err;
  EXPECT_EQ(cebgate_({"validate", cebgate_.path("signed.xml")}).status, 0);

  const std::string root = (is_rsa ? authority_.rsa_root() : authority_.sm2_root()).string();
  const Ran verified =
      cebgate_({"verify", "--trust", root, cebgate_.path("signed.xml"), "--format", "json", "--explain"});
  EXPECT_EQ(verified.status, 0) << verified.out;
  const auto object = boost::json::parse(verified.out).at(0).as_object();
  EXPECT_TRUE(object.at("valid").as_bool());
  EXPECT_EQ(object.at("dialect").as_string(), GetParam().dialect);
  EXPECT_EQ(object.at("certificate").at("serial").as_string(), identity.serial);
  EXPECT_FALSE(object.at("steps").as_array().empty());
}

TEST_P(CebgateSign, NamesTheStepThatFailsOnceAValueIsChanged) {
  const TestIdentity identity =
      GetParam().is_rsa ? authority_.issue_rsa("4601960001") : authority_.issue_sm2("4601960001");
  ASSERT_EQ(sign(identity, {"--dialect", GetParam().dialect}).status, 0);
  std::string xml = read_file(cebgate_.path("signed.xml"));
  xml.replace(xml.find("<ceb:netWeight>1.0<"), 19, "<ceb:netWeight>0.9<");
  const Ran verified = cebgate_({"verify", "--explain", cebgate_.write("changed.xml", xml)});
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.out, AllOf(HasSubstr("bad signature"), HasSubstr("digest: bad: ")));
}

INSTANTIATE_TEST_SUITE_P(Dialects, CebgateSign,
                         ::testing::Values(DialectCase{"sm2-sm3", false}, DialectCase{"hainan-sm2", false},
                                           DialectCase{"rsa-sha1", true}),
                         [](const auto& given) {
                           std::string name = given.param.dialect;
                           std::erase(name, '-');
                           return name;
                         });

class CebgateKeys : public CebgateSign {};

TEST_F(CebgateKeys, ChoosesTheDialectByTheKind) {
  ASSERT_EQ(sign(authority_.issue_rsa("4601960001")).status, 0);
  EXPECT_THAT(read_file(cebgate_.path("signed.xml")), HasSubstr("http://www.w3.org/2000/09/xmldsig#rsa-sha1"));
}

TEST_F(CebgateKeys, ReplacesAnOlderSignature) {
  const TestIdentity identity = authority_.issue_sm2("4601960001");
  ASSERT_EQ(sign(identity).status, 0);
  std::filesystem::rename(cebgate_.path("signed.xml"), cebgate_.path("unsigned.xml"));
  ASSERT_EQ(sign(identity).status, 0);
  EXPECT_EQ(cebgate_({"verify", cebgate_.path("signed.xml")}).status, 0);
}

TEST_F(CebgateKeys, WarnsOfAKeyThatOthersMayRead) {
  const TestIdentity identity = authority_.issue_sm2("4601960001");
  std::filesystem::permissions(identity.key, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  const Ran done = sign(identity);
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.err, AllOf(HasSubstr("warning: "), HasSubstr("chmod")));
}

TEST_F(CebgateKeys, FindsTheCertificateBesideTheKey) {
  const TestIdentity identity = authority_.issue_sm2("4601960001");
  std::filesystem::copy_file(identity.key, cebgate_.path("shop.key.pem"));
  std::filesystem::copy_file(identity.certificate, cebgate_.path("shop.cert.pem"));
  const Ran done = cebgate_({"sign", cebgate_.path("unsigned.xml"), "-o", cebgate_.path("signed.xml"), "--key",
                             "file:" + cebgate_.path("shop.key.pem")});
  EXPECT_EQ(done.status, 0) << done.err;
}

TEST_F(CebgateKeys, AsksForACertificateWhereNoneIsNear) {
  const TestIdentity identity = authority_.issue_sm2("4601960001");
  std::filesystem::copy_file(identity.key, cebgate_.path("lonely.key.pem"));
  const Ran done = cebgate_({"sign", cebgate_.path("unsigned.xml"), "-o", cebgate_.path("signed.xml"), "--key",
                             cebgate_.path("lonely.key.pem")});
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("--cert FILE"));
}

TEST_F(CebgateKeys, RefusesADialectOfAnotherKindOfKey) {
  const Ran done = sign(authority_.issue_rsa("4601960001"), {"--dialect", "sm2-sm3"});
  EXPECT_EQ(done.status, 2);
  EXPECT_FALSE(std::filesystem::exists(cebgate_.path("signed.xml")));
}

TEST_F(CebgateKeys, NamesTheKnownDialectsForAnUnknownOne) {
  const Ran done = sign(authority_.issue_sm2("4601960001"), {"--dialect", "md5"});
  EXPECT_EQ(done.status, 2);
  EXPECT_THAT(done.err, HasSubstr("hainan-sm2"));
}

TEST_F(CebgateKeys, SaysThatNoChainWasJudgedWithoutATrustedRoot) {
  ASSERT_EQ(sign(authority_.issue_sm2("4601960001")).status, 0);
  const Ran verified = cebgate_({"verify", cebgate_.path("signed.xml")});
  EXPECT_EQ(verified.status, 0);
  EXPECT_THAT(verified.out, HasSubstr("warning: "));
}

TEST_F(CebgateKeys, TrustsNoChainOfAnotherRoot) {
  ASSERT_EQ(sign(authority_.issue_sm2("4601960001")).status, 0);
  const Ran verified = cebgate_({"verify", "--trust", authority_.rsa_root().string(), cebgate_.path("signed.xml")});
  EXPECT_EQ(verified.status, 1);
}

}  // namespace
}  // namespace tests::tools

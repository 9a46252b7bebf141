// The JSON of a verification: what it has, and that the holder's number and the canonical bytes come only as asked.
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "gateway/views/verification_json.h"

namespace {

namespace json = boost::json;
using gateway::views::CanonicalText;
using gateway::views::verification_json;

signing::Verification verification() {
  signing::Verification made;
  made.dialect = "sm2-sm3";
  made.certificate = signing::Certificate{.der = {},
                                          .serial = "03a1",
                                          .subject = "CN=operator",
                                          .issuer = "CN=root",
                                          .not_before = {},
                                          .not_after = {},
                                          .key_kind = signing::KeyKind::rsa,
                                          .read = nullptr};
  made.eport = signing::EportFacts{"示例", "8010", "MA5", "000*************34"};
  made.steps = {{"parse", signing::StepVerdict::good, "甲", "a"},
                {"digest", signing::StepVerdict::bad, "乙", "b"},
                {"chain", signing::StepVerdict::not_checked, "丙", "c"}};
  made.causes = {signing::cause_named("der-value")};
  made.canonical_signed_info = "<ds:SignedInfo>";
  return made;
}

TEST(VerificationJson, HasStepsCausesAndTheCertificate) {
  const auto object = verification_json(verification());
  EXPECT_FALSE(object.at("valid").as_bool());
  EXPECT_EQ(json::serialize(object.at("steps").at(2)),
            R"({"name":"chain","verdict":"not_checked","zh":"丙","en":"c"})");
  EXPECT_EQ(object.at("steps").at(0).at("verdict").as_string(), "good");
  EXPECT_EQ(object.at("steps").at(1).at("verdict").as_string(), "bad");
  EXPECT_EQ(object.at("causes").at(0).at("name").as_string(), "der-value");
  EXPECT_EQ(object.at("certificate").at("key").as_string(), "RSA");
  EXPECT_EQ(json::serialize(object.at("certificate").at("eport")),
            R"({"company":"示例","card_number":"8010","organisation_code":"MA5",)"
            R"("masked_holder_id":"000*************34"})");
  EXPECT_TRUE(object.at("faults").as_array().empty());
}

TEST(VerificationJson, HasNullsWhereThereIsNothing) {
  const auto object = verification_json({}, CanonicalText::shown);
  EXPECT_TRUE(object.at("certificate").is_null());
  EXPECT_TRUE(object.at("canonical_signed_info").is_null());
  EXPECT_TRUE(object.at("canonical_document").is_null());
}

TEST(VerificationJson, ShowsCanonicalBytesOnRequestOnly) {
  EXPECT_FALSE(verification_json(verification()).contains("canonical_signed_info"));
  const auto object = verification_json(verification(), CanonicalText::shown);
  EXPECT_EQ(object.at("canonical_signed_info").as_string(), "<ds:SignedInfo>");
  EXPECT_TRUE(object.at("canonical_document").is_null());
}

}  // namespace

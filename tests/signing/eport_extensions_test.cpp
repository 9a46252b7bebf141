// The E-Port's private extensions as certificates have them: in every string type, wrapped or raw, and in GB18030.
#include "signing/eport_extensions.h"

#include <gtest/gtest.h>

#include "tests/signing/certificate_maker.h"

namespace {

using tests::der;

const std::string arc = "1.3.6.1.4.1.5315.100.5.";
const std::string company = "海口测试公司";                                                       // UTF-8
const std::string in_gb18030 = "\xBA\xA3\xBF\xDA\xB2\xE2\xCA\xD4\xB9\xAB\xCB\xBE";                // the same
const std::string in_ucs2 = std::string("\x6D\x77\x53\xE3\x6D\x4B\x8B\xD5\x51\x6C\x53\xF8", 12);  // the same

std::optional<signing::EportFacts> read(const std::vector<std::pair<std::string, std::string>>& extensions) {
  const auto made =
      tests::make_certificate(signing::KeyKind::sm2, {.name = "operator", .company = {}, .extensions = extensions});
  return signing::read_eport_extensions(made.x509.get());
}

std::string company_in(const std::string& bytes) {
  const auto facts = read({{arc + "1", bytes}});
  return facts ? facts->company : "";
}

std::string holder_in(const std::string& bytes) {
  const auto facts = read({{arc + "8", bytes}});
  return facts ? facts->masked_holder_id : "";
}

TEST(EportExtensions, AreNoneInAnOrdinaryCertificate) {
  EXPECT_FALSE(read({}));
  EXPECT_FALSE(read({{"1.3.6.1.4.1.5315.100.5.2", der(0x0C, "x")}}));
}

TEST(EportExtensions, AreReadEachByItsNumber) {
  const auto facts = read({{arc + "1", der(0x0C, company)},
                           {arc + "9", der(0x13, "8010000123456")},
                           {arc + "11", der(0x16, "MA5T00000")},
                           {arc + "8", der(0x13, "000000199001011234")}});
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->company, company);
  EXPECT_EQ(facts->card_number, "8010000123456");
  EXPECT_EQ(facts->organisation_code, "MA5T00000");
  EXPECT_EQ(facts->masked_holder_id, "000*************34");
}

TEST(EportExtensions, AreReadInEveryStringType) {
  for (const auto& bytes :
       {der(0x0C, company), der(0x14, in_gb18030), der(0x1E, in_ucs2), company, in_gb18030, der(0x04, company),
        der(0x04, in_gb18030), der(0x04, der(0x0C, company)), der(0x04, der(0x04, der(0x1E, in_ucs2)))}) {
    EXPECT_EQ(company_in(bytes), company);
  }
}

TEST(EportExtensions, ShowNoControlCharacters) {
  EXPECT_EQ(company_in(der(0x0C,
                           "A\x1B[2J\nB\x7F\xC2\x9B"
                           "C")),
            "A[2JBC");
  EXPECT_EQ(company_in(der(0x0C, std::string("A\0B", 3))), "AB");
}

TEST(EportExtensions, OfAnUnreadableValueAreEmpty) {
  EXPECT_EQ(company_in(der(0x1E, "odd")), "");
  EXPECT_EQ(company_in("\xFF\xFF\xFF"), "");
  EXPECT_EQ(company_in(der(0x04, der(0x04, der(0x04, der(0x04, "deep"))))), "");
  EXPECT_EQ(company_in(std::string(512, 'x')), std::string(512, 'x'));
  EXPECT_EQ(company_in(std::string(513, 'x')), "");
}

TEST(EportExtensions, NeverShowTheHoldersNumber) {
  EXPECT_EQ(holder_in(der(0x13, "0000001")), "*******");
  EXPECT_EQ(holder_in(der(0x13, "00000012")), "000***12");
  EXPECT_EQ(holder_in("000000199001011234"), "000*************34");
  EXPECT_EQ(holder_in(der(0x0C, company)).find_first_not_of('*'), std::string::npos);
  EXPECT_FALSE(holder_in(der(0x0C, company)).empty());
}

}  // namespace

// The codes of an enterprise by their form. The codes are invented; their check digits are computed by the standards.
#include "tools/cebgate/doctor/codes.h"

#include <gmock/gmock.h>

#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using namespace tools::cebgate::doctor;
using testing::HasSubstr;

Finding credit(std::string_view code) { return judged_credit_code({"代码", "code"}, code); }

schemas::CodeTable districts() {
  schemas::CodeTable table;
  table.as_of = "2018-04-28";
  table.codes = {{"46011", "海口", {}, {}}, {"46021", "三亚", {}, {}}};
  return table;
}
Finding customs(std::string_view code) {
  const auto table = districts();
  return judged_customs_code({"代码", "code"}, code, &table);
}

TEST(CreditCode, PassesWithBothCheckDigits) {
  for (const char* code : {"91460000100000008B", "91460000MA5TEXT037", "91460100200000005J"}) {
    EXPECT_EQ(credit(code).verdict, Verdict::pass) << code;
  }
}

TEST(CreditCode, EveryOtherCharacterInOnePlaceFails) {
  const std::string good = "91460000MA5TEXT037";
  for (std::size_t place = 0; place < good.size(); ++place) {
    for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZa-")) {
      std::string other = good;
      other[place] = c;
      if (other == good) continue;
      EXPECT_EQ(credit(other).verdict, Verdict::fail) << other;
    }
  }
}

TEST(CreditCode, TwoCharactersThatChangePlacesFail) {
  EXPECT_EQ(credit("91460000AM5TEXT037").verdict, Verdict::fail);
  EXPECT_EQ(credit("19460000MA5TEXT037").verdict, Verdict::fail);
}

TEST(CreditCode, SaysWhichCheckDigitFollows) {
  EXPECT_THAT(credit("91460000100000008C").says.en, HasSubstr("is C, but B follows"));
  EXPECT_THAT(credit("91460000100000008C").says.zh, HasSubstr("校验码为 B，写的是 C"));
}

TEST(CreditCode, OneCharacterMoreOrLessFailsWithItsNumber) {
  EXPECT_THAT(credit("91460000100000008").says.en, HasSubstr("17 characters"));
  EXPECT_THAT(credit("91460000100000008BB").says.en, HasSubstr("19 characters"));
  EXPECT_EQ(credit("").verdict, Verdict::fail);
}

TEST(CreditCode, AWrongDigitOfTheOrganisationAloneWarns) {
  const Finding finding = credit("91460000100000003U");
  EXPECT_EQ(finding.verdict, Verdict::warning);
  EXPECT_THAT(finding.says.en, HasSubstr("character 17"));
}

TEST(CustomsCode, PassesByItsForm) {
  EXPECT_EQ(customs("4601960001").verdict, Verdict::pass);
  EXPECT_EQ(customs("46019600AA").verdict, Verdict::pass);
  EXPECT_THAT(customs("4601960001").says.en, HasSubstr("no check digit"));
}

TEST(CustomsCode, FailsByItsForm) {
  for (const char* code : {"460196000", "46019600011", "46o1960001", "46019600aa", "4601960-01", ""}) {
    EXPECT_EQ(customs(code).verdict, Verdict::fail) << code;
    EXPECT_FALSE(customs(code).to_do.is_empty()) << code;
  }
}

TEST(CustomsCode, OfADistrictThatIsNotKnownWarnsWithTheTablesDate) {
  EXPECT_EQ(customs("4699960001").verdict, Verdict::warning);
  EXPECT_THAT(customs("4699960001").says.en, HasSubstr("2018-04-28"));
  EXPECT_EQ(judged_customs_code({}, "4699960001", nullptr).verdict, Verdict::pass);
}

using DoctorRegistration = Site;

TEST_F(DoctorRegistration, TellsHowToGiveACreditCode) {
  const Row row = row_about("unified social credit code");
  EXPECT_EQ(row.verdict, "not_checkable");
  EXPECT_THAT(row.to_do, HasSubstr("credit_code"));
  EXPECT_THAT(row.ask, HasSubstr("own administrators"));
  EXPECT_EQ(row.step, 1);
}

TEST_F(DoctorRegistration, JudgesTheCreditCodeOfTheSettings) {
  enterprise_ = "credit_code = \"91460000100000008B\"\n";
  EXPECT_EQ(row_about("unified social credit code").verdict, "pass");
  EXPECT_EQ(status_, 0);
  enterprise_ = "credit_code = \"91460000100000008C\"\n";
  EXPECT_EQ(row_about("unified social credit code").verdict, "fail");
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorRegistration, JudgesACreditCodeThatStandsAsCode) {
  code_ = "91460000100000008C";
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "unified social credit code").verdict, "fail");
  EXPECT_EQ(row_about(rows, "customs code").verdict, "not_checkable");
}

TEST_F(DoctorRegistration, JudgesTheCustomsCode) {
  EXPECT_EQ(row_about("customs code").verdict, "pass");
  code_ = "46019600012";
  const Row row = row_about("customs code");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.ask, HasSubstr("customs office where the enterprise is registered"));
}

TEST_F(DoctorRegistration, NamesTheFilingAndWhomToAsk) {
  const Row row = row_about("filing");
  EXPECT_EQ(row.verdict, "not_checkable");
  EXPECT_THAT(row.ask, HasSubstr("customs office"));
  EXPECT_EQ(row.step, 2);
}

TEST_F(DoctorRegistration, JudgesTheFormOfADxpId) {
  EXPECT_EQ(row_about("DXPID").verdict, "pass");
  dxp_id_ = "DXP1";
  EXPECT_THAT(row_about("DXPID").en, HasSubstr("usual form"));
  dxp_id_ = "DXPENT00000000001";
  const Row row = row_about("DXPID");
  EXPECT_EQ(row.verdict, "warning");
  EXPECT_THAT(row.en, HasSubstr("over 16 characters"));
  EXPECT_THAT(row.ask, HasSubstr("E-Port"));
}

TEST_F(DoctorRegistration, ADxpIdOver16CharactersFailsOnAPortOfTheDataExchangePlatform) {
  dxp_id_ = "DXPENT00000000001";
  port_ = "[[port]]\nname = \"hainan\"\nprofile = \"directory\"\nout = \"out\"\nin = \"in\"\n";
  const auto rows = examined();
  EXPECT_EQ(status_, 1);
  EXPECT_THAT(rows.front().en, HasSubstr("16 characters"));
  EXPECT_EQ(rows.front().step, 0);
}

}  // namespace
}  // namespace tests::doctor

// Trade mode against customs district, and the customs data with its dates.
#include <set>

#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class DoctorTradeModes : public Site {
 protected:
  Row pair(const std::string& trade_mode, const std::string& customs) {
    enterprise_ = "trade_modes = { " + trade_mode + " = \"" + customs + "\" }\n";
    return row_about("trade mode " + trade_mode + ", district " + customs);
  }
};

TEST_F(DoctorTradeModes, BondedGoesWithTheDistrictInsideTheZoneAndDirectMailWithTheOneOutside) {
  EXPECT_EQ(pair("1210", "6409").verdict, "pass");
  EXPECT_EQ(pair("9610", "6410").verdict, "pass");
  EXPECT_EQ(status_, 0);
}

TEST_F(DoctorTradeModes, TheOtherWayRoundFails) {
  const Row row = pair("1210", "6410");
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.to_do, AllOf(HasSubstr("6409, inside"), HasSubstr("6410, outside")));
  EXPECT_EQ(status_, 1);
  EXPECT_EQ(pair("9610", "6409").verdict, "fail");
  EXPECT_EQ(row.step, 7);
}

TEST_F(DoctorTradeModes, OfOtherDistrictsAndModesTheGuideSaysNothing) {
  EXPECT_EQ(pair("1210", "6404").verdict, "not_checkable");
  EXPECT_EQ(pair("9710", "6409").verdict, "not_checkable");
  EXPECT_THAT(pair("9810", "0101").ask, HasSubstr("customs office"));
  EXPECT_EQ(status_, 0);
}

TEST_F(DoctorTradeModes, CodesThatAreInNoTableFailWithItsDate) {
  EXPECT_THAT(pair("1211", "6409").en, AllOf(HasSubstr("1211 is not in the table"), HasSubstr("2022-05-01")));
  EXPECT_THAT(pair("1210", "9999").en, HasSubstr("9999 is not in the table"));
}

TEST_F(DoctorTradeModes, BothMayBeDeclared) {
  enterprise_ = "trade_modes = { 1210 = \"6409\", 9610 = \"6410\" }\n";
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "trade mode 1210").verdict, "pass");
  EXPECT_EQ(row_about(rows, "trade mode 9610").verdict, "pass");
}

TEST_F(DoctorTradeModes, WhereTheyAreNotGivenItSaysHow) {
  const Row row = row_about("trade mode and customs district");
  EXPECT_EQ(row.verdict, "not_checkable");
  EXPECT_THAT(row.to_do, HasSubstr("trade_modes = { 1210 = \"6409\" }"));
}

TEST_F(DoctorTradeModes, ThoseWhoDeclareNoInventoriesAreNotAsked) {
  roles_ = "\"payment\"";
  for (const Row& row : examined()) EXPECT_NE(row.step, 7);
}

class DoctorCustomsData : public Site {};

TEST_F(DoctorCustomsData, IsNamedWithEditionAndDates) {
  const auto rows = examined();
  EXPECT_THAT(row_about(rows, "schemas of edition 202205").en, HasSubstr("42 message types"));
  EXPECT_THAT(row_about(rows, "code tables").en,
              AllOf(HasSubstr("customs 2018-04-28"), HasSubstr("trade_mode 2022-05-01")));
}

TEST_F(DoctorCustomsData, ThatIsNotThereFails) {
  sections_ = "\n[schemas]\ndirectory = \"nowhere\"\n";
  std::set<std::string> failing;
  for (const Row& row : examined()) {
    if (row.verdict == "fail") failing.insert(row.subject);
  }
  EXPECT_THAT(failing, testing::ElementsAre("code tables", "schemas of edition 202205"));
  EXPECT_EQ(status_, 1);
}

TEST_F(DoctorCustomsData, ATableOfTheSiteIsNamedWithItsOwnDate) {
  std::filesystem::create_directories(run_.path("site/params"));
  run_.write("site/params/tables.tsv", "table\tzh\ten\tas_of\tsource\nunit\t计量单位代码\tunits\t2026-01-01\tours\n");
  run_.write("site/params/unit.tsv", "code\tzh\ten\tother\n035\t千克\tkilogram\t\n");
  sections_ = "\n[schemas]\nsite = \"site\"\n";
  EXPECT_THAT(row_about("code tables").en, HasSubstr("unit 2026-01-01"));
}

}  // namespace
}  // namespace tests::doctor

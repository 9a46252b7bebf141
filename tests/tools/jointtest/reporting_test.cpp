// The report that a run leaves behind, and the same written anew by the program.
#include <filesystem>
#include <gmock/gmock.h>

#include "tests/tools/jointtest/plans.h"

namespace tests::jointtest {
namespace {

using std::filesystem::perms;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr perms for_its_owner = perms::owner_read | perms::owner_write;

const std::string buyer_name = "测试人丁戊己";
const std::string buyer =
    "[buyer]\nid_number = \"000000199001010017\"\nname = \"" + buyer_name + "\"\ntelephone = \"10000000000\"\n";

class JointReport : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name) const { return std::filesystem::path(plan_.folder()) / name; }
  std::string page() const { return read_file(file("report.html")); }

  const PlanRun plan_{{{"one-order",
                        "erp posts order A1\n"
                        "platform answers order A1: 2, 100\n"}},
                      buyer};
};

TEST_F(JointReport, StandsInTheFolderOfTheRunWithNobodysData) {
  const Ran ran = plan_();
  ASSERT_EQ(ran.status, 1) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("the report: " + file("report.html").string()));
  EXPECT_THAT(page(), AllOf(HasSubstr("platform answers order A1: 2, 100"), Not(HasSubstr(buyer_name))));
  EXPECT_THAT(read_file(file("junit.xml")), AllOf(HasSubstr("<failure"), HasSubstr("one-order")));
  EXPECT_TRUE(std::filesystem::exists(file("evidence.zip")));
}

TEST_F(JointReport, IsWrittenAnewWithPersonalDataWhereAskedAndThenForItsOwnerAlone) {
  ASSERT_EQ(plan_().status, 1);
  for (const char* name : {"report.html", "junit.xml", "evidence.zip"}) std::filesystem::remove(file(name));
  const Ran shown = plan_.files()({"jointtest", "report", plan_.folder(), "--show-personal-data", "--format", "json"});
  ASSERT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("report.html\""), HasSubstr("junit.xml\""), HasSubstr("evidence.zip\"")));
  EXPECT_THAT(page(), HasSubstr(buyer_name));
  for (const char* name : {"report.html", "junit.xml", "evidence.zip"}) {
    EXPECT_EQ(std::filesystem::status(file(name)).permissions(), for_its_owner) << name;
  }
  ASSERT_EQ(plan_.files()({"jointtest", "report", plan_.folder()}).status, 0);
  EXPECT_THAT(page(), Not(HasSubstr(buyer_name)));
}

TEST_F(JointReport, OfAFolderWithoutARunSaysSo) {
  const Ran ran = plan_.files()({"jointtest", "report", plan_.files().path(".")});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("jointtest.journal"));
}

}  // namespace
}  // namespace tests::jointtest

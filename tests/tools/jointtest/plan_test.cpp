// What a plan says, and what is told of one that is wrong.
#include "tools/jointtest/plan.h"

#include <gmock/gmock.h>
#include <map>
#include <set>

#include "tests/tools/jointtest/customs.h"
#include "tests/tools/jointtest/plans.h"

namespace tests::jointtest {
namespace {

using namespace tools::jointtest;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

const std::string an_order = "erp posts order A1\n";

std::vector<std::string> codes_of(const base::Faults& faults) {
  std::vector<std::string> codes;
  for (const base::Fault& fault : faults) codes.push_back(fault.code + " " + std::to_string(fault.line));
  return codes;
}

std::vector<std::string> faults_in(const PlanRun& run) {
  const auto plan = read_plan(run.plan(), catalog());
  return plan ? std::vector<std::string>() : codes_of(plan.faults());
}

TEST(JointPlan, WithoutAPlatformTheEcommerceEnterpriseSellsOnItsOwn) {
  const PlanRun run({{"one", an_order}});
  auto plan = read_plan(run.plan(), catalog());
  ASSERT_TRUE(plan) << plan.faults().front().en;
  std::erase(plan->enterprises[0].roles, "platform");
  const auto cast = plan->cast(plan->scenarios[0].scenario);
  EXPECT_EQ(cast.platform.code + cast.platform.name, cast.ecommerce.code + cast.ecommerce.name);
  EXPECT_EQ(cast.ecommerce.code, "4601960001");
}

TEST(JointPlan, HasATitleInOneLanguageAtLeast) {
  const std::string title = "title_zh = \"试\"\ntitle_en = \"Trial\"\n";
  for (const auto& [instead, told] :
       std::map<std::string, std::string>{{"title_en = \"Trial\"\n", "Trial"}, {"title_zh = \"试\"\n", "试"}}) {
    const PlanRun run({{"one", an_order}});
    std::string text = read_file(run.plan());
    write_file(run.plan(), text.replace(text.find(title), title.size(), instead));
    const auto plan = read_plan(run.plan(), catalog());
    ASSERT_TRUE(plan) << plan.faults().front().en;
    EXPECT_EQ(plan->zh + plan->en, told + told);
    write_file(run.plan(), text.replace(text.find(instead), instead.size(), ""));
    EXPECT_THAT(faults_in(run), ::testing::ElementsAre("settings.missing 1"));
  }
}

TEST(JointPlan, ReadsItsScenariosWaitsAndParts) {
  const PlanRun run({{"one", an_order, "test_data = [\"A1\"]\nwait = \"15m\""}, {"two", an_order}},
                    "at_once = 3\n[waits]\nanswers = \"2m\"\n[buyer]\nname = \"某人\"\n");
  const auto plan = read_plan(run.plan(), catalog());
  ASSERT_TRUE(plan) << plan.faults().front().en;
  EXPECT_EQ(plan->at_once, 3U);
  ASSERT_EQ(plan->scenarios.size(), 2U);
  Step answers;
  answers.deed = Deed::answers;
  EXPECT_EQ(plan->scenarios[0].wait_for(answers, plan->waits), std::chrono::minutes(15));
  EXPECT_EQ(plan->scenarios[1].wait_for(answers, plan->waits), std::chrono::minutes(2));
  EXPECT_TRUE(plan->scenarios[0].marks_as_test_data({"CEB311Message", "A1"}));
  EXPECT_FALSE(plan->scenarios[0].marks_as_test_data({"CEB311Message", "A2"}));
  const Cast cast = plan->cast(plan->scenarios[0].scenario);
  EXPECT_EQ(cast.payment.code, "4601960002");
  EXPECT_EQ(cast.buyer_name, "某人");
  EXPECT_EQ(plan->declarant(*catalog().find("CEB511Message"), plan->scenarios[0].scenario)->code, "4601960003");
  EXPECT_EQ(plan->declarant(*catalog().find("CEB607Message"), plan->scenarios[0].scenario)->code, "4601960001");
}

TEST(JointPlan, TellsEveryFaultOfItselfAndOfItsScenariosAtOnce) {
  const PlanRun run({{"good", an_order}, {"wrong", "erp sings\n"}, {"good", an_order}},
                    "at_once = 101\nmore = 1\n[waits]\nanswers = \"25h\"\n[simulator]\nchannel = \"pigeon\"\n");
  EXPECT_THAT(faults_in(run),
              UnorderedElementsAre("settings.unknown 5", "settings.value 4", "settings.value 7", "settings.value 9",
                                   "settings.missing 8", "jointtest.verb 2", "settings.duplicate 36"));
}

TEST(JointPlan, HoldsItsLimitsOneOver) {
  EXPECT_THAT(faults_in(PlanRun({{"one", an_order}}, "at_once = 100\n[waits]\nledger = \"24h\"\n")),
              ::testing::IsEmpty());
  std::vector<NamedScenario> scenarios;
  for (std::size_t i = 0; i < most_scenarios; ++i) scenarios.push_back({"s" + std::to_string(i), an_order});
  EXPECT_THAT(faults_in(PlanRun(scenarios)), ::testing::IsEmpty());
  scenarios.push_back({"one-more", an_order});
  EXPECT_THAT(faults_in(PlanRun(scenarios)), Contains(HasSubstr("settings.value")));
}

TEST(JointPlan, TellsWhatCannotBePostedBeforeAnythingIs) {
  const PlanRun run({{"row", "erp posts order A1 with OrderList[3].qty = 1\n"},
                     {"nameless", "simulator arranges refund A1: 100\nerp posts refund A1\n"},
                     {"whose", "enterprise: 4601969999\nerp posts order A1\n"}});
  const auto plan = read_plan(run.plan(), catalog());
  ASSERT_TRUE(plan) << plan.faults().front().en;
  EXPECT_THAT(codes_of(faults_against(*plan, catalog(), Against::simulator)),
              UnorderedElementsAre("jointtest.change 2", "jointtest.document 2", "jointtest.document 3"));
}

TEST(JointPlan, TellsAFolderWithoutDocuments) {
  const PlanRun run({{"one", an_order}});
  std::string text = read_file(run.plan());
  const auto at = text.find((source_directory() / "tests/scenarios/documents").string());
  text.replace(at, (source_directory() / "tests/scenarios/documents").string().size(), "nowhere");
  write_file(run.plan(), text);
  EXPECT_THAT(faults_in(run), UnorderedElementsAre("jointtest.template 0"));
}

TEST(FullPlan, TriesEveryDeclarationAndSaysEachTitleInBothLanguages) {
  const auto plan = read_plan(source_directory() / "tests/scenarios/full.toml", catalog());
  ASSERT_TRUE(plan) << plan.faults().front().path << ": " << plan.faults().front().en;
  std::set<std::string> tried;
  for (const PlannedScenario& one : plan->scenarios) {
    for (const std::string& type : one.scenario.types()) tried.insert(type);
    EXPECT_NE(one.scenario.zh, one.scenario.en) << one.scenario.file;
  }
  std::set<std::string> all;
  for (const schemas::MessageType& type : catalog().types()) {
    if (type.kind == schemas::MessageKind::declaration) all.insert(type.name);
  }
  EXPECT_EQ(tried, all);
}

}  // namespace
}  // namespace tests::jointtest

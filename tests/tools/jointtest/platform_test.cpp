// A plan against a platform that is not the run's own, through the gateway of an operator's settings: nothing goes
// there that is not marked as test data, and what only a simulator can do is skipped by name.
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"
#include "tests/tools/jointtest/plans.h"

namespace tests::jointtest {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tools::jointtest::Verdict;

class AgainstAPlatform : public ::testing::Test {
 protected:
  AgainstAPlatform() {
    site_.start_platform();
    site_.write_settings();
    write_file(site_.folder() / "token", app::Site::group_token);
    std::filesystem::permissions(site_.folder() / "token", std::filesystem::perms::owner_read);
  }

  std::string platform(const std::string& more = "") const {
    return "[platform]\nsettings = \"" + site_.settings_file().string() +
           "\"\ntoken = \"file:" + (site_.folder() / "token").string() + "\"\n" + more;
  }

  app::Site site_;
};

const std::string order_for_platform =
    "erp posts order A1\nplatform answers order A1: 2, 120\nerp is told order A1: settled\n";

TEST_F(AgainstAPlatform, RunsTheOperatorsOwnGateway) {
  const PlanRun plan({{"order", order_for_platform}}, platform());
  const Ran ran = plan({"--against", "platform"});
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(site_.received(), SizeIs(1));
  const auto results = plan.results();
  EXPECT_EQ(results.against, "platform");
  EXPECT_THAT(results.cases[0].messages, SizeIs(1));
  EXPECT_THAT(results.enterprises.at(0).ports.at(0), HasSubstr("hainan http://127.0.0.1"));
}

TEST_F(AgainstAPlatform, UsesAGatewayThatRunsAlready) {
  site_.start_gateway();
  const PlanRun plan({{"order", order_for_platform}}, platform("url = \"" + site_.gateway_url() + "\"\n"));
  const Ran ran = plan({"--against", "platform"});
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(site_.received(), SizeIs(1));
}

TEST_F(AgainstAPlatform, SendsNothingAtAllWhereOneDocumentIsNotMarkedAsTestData) {
  const PlanRun plan(
      {{"marked", order_for_platform}, {"half", order_for_platform + "erp posts payment B2\n", "test_data = [\"A1\"]"}},
      platform());
  const Ran ran = plan({"--against", "platform"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("half.scenario:5"), HasSubstr("CEB411Message B2"), HasSubstr("test_data")));
  EXPECT_THAT(site_.received(), IsEmpty());
}

TEST_F(AgainstAPlatform, SkipsByNameWhatOnlyASimulatorCanDoAndGoesOnWithWhatOthersSend) {
  const PlanRun plan({{"clock", "erp posts order A1\nclock advances 1 minutes\nledger shows order A1: settled\n"},
                      {"others", "others send payment A1\n" + order_for_platform}},
                     platform());
  const Ran ran = plan({"--against", "platform"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("clock.scenario:3: clock advances 1 minutes"),
                             HasSubstr("Only the simulator can do this step."),
                             HasSubstr("The other enterprise sends this itself.")));
  const auto cases = plan.results().cases;
  EXPECT_EQ(cases[0].verdict, Verdict::skipped);
  EXPECT_EQ(cases[0].steps[2].verdict, Verdict::skipped) << "it builds on the clock";
  EXPECT_EQ(cases[1].steps[0].verdict, Verdict::skipped);
  EXPECT_EQ(cases[1].steps[3].verdict, Verdict::passed);
}

TEST_F(AgainstAPlatform, NeedsTheSettingsOfAGateway) {
  const PlanRun plan({{"order", order_for_platform}});
  const Ran ran = plan({"--against", "platform"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("[platform] settings"));
}

TEST(AgainstTheSimulator, ABrokerElsewhereIsARealPort) {
  const PlanRun plan({{"order", order_for_platform, ""}},
                     "[simulator]\nchannel = \"dxp-amqp\"\nbroker = \"amqp://mq.example:5672/customs\"\n");
  const Ran ran = plan();
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("order.scenario:2"), HasSubstr("test_data")));
}

}  // namespace
}  // namespace tests::jointtest

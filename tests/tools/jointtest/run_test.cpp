// Plans run by the real program over the simulator: what passes, what fails and how that is told, and what happens to a
// run that is killed or stopped in the middle.
#include <csignal>
#include <filesystem>
#include <gmock/gmock.h>

#include "tests/support/eventually.h"
#include "tests/tools/jointtest/plans.h"

namespace tests::jointtest {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using tools::jointtest::Verdict;

const std::string order_to_run =
    "erp posts order A1\n"
    "platform answers order A1: 2, 120\n"
    "erp is told order A1: settled/lodged\n"
    "ledger shows order A1: settled\n";

// Its receipts come after three seconds, so that there is a middle of the run.
const std::string a_slow_order =
    "simulator arranges order A1: late3\n"
    "erp posts order A1\n"
    "platform answers order A1: 2, 120\n"
    "ledger shows order A1: settled\n";

TEST(JointRun, PassesAndKeepsEveryMessageWithItsReceiptsAndItsSignature) {
  const PlanRun plan({{"good", order_to_run}});
  const Ran ran = plan();
  ASSERT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("passed  good"), HasSubstr("1 in all: 1 passed")));
  const auto results = plan.results();
  EXPECT_EQ(results.against, "simulator");
  EXPECT_TRUE(results.began && results.ended);
  ASSERT_THAT(results.enterprises, SizeIs(3));
  EXPECT_THAT(results.enterprises[0].ports.at(0), HasSubstr("(hainan-http)"));
  EXPECT_THAT(results.enterprises[0].certificate, HasSubstr(", 2050-"));
  const auto& one = results.cases.at(0);
  EXPECT_EQ(one.verdict, Verdict::passed);
  EXPECT_THAT(one.types, ::testing::ElementsAre("CEB311Message"));
  for (const auto& step : one.steps) EXPECT_TRUE(step.began && step.ended) << step.text;
  ASSERT_THAT(one.messages, SizeIs(1));
  const auto& message = one.messages[0];
  EXPECT_THAT(message.bytes, HasSubstr("<ds:Signature"));
  EXPECT_TRUE(message.signature_valid) << message.signature_en;
  EXPECT_THAT(message.signature_en, HasSubstr("sm2-sm3"));
  EXPECT_EQ(message.state + "/" + message.outcome, "settled/lodged");
  EXPECT_TRUE(message.accepted && message.sent && message.settled);
  ASSERT_THAT(message.receipts, SizeIs(2));
  EXPECT_EQ(message.receipts[0].type, "CEB312Message");
  EXPECT_EQ(message.receipts[0].status, "2");
  EXPECT_THAT(message.receipts[0].bytes, HasSubstr("returnstatus=2"));
}

TEST(JointRun, KeepsItsFolderForItsOwner) {
  const PlanRun plan({{"good", order_to_run}});
  ASSERT_EQ(plan().status, 0);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(plan.folder()).permissions(), perms::owner_all);
  const auto journal = std::filesystem::path(plan.folder()) / "journal.jsonl";
  EXPECT_EQ(std::filesystem::status(journal).permissions(), perms::owner_read | perms::owner_write);
}

TEST(JointRun, OneChangedExpectationIsOneFailureThatNamesItsStep) {
  const std::string wrong =
      "erp posts order A1\n"
      "platform answers order A1: 2, 120\n"
      "ledger shows order A1: settled/released\n"
      "erp is told order A1: settled\n";
  const PlanRun plan({{"good", order_to_run}, {"wrong", wrong}}, "[waits]\nledger = \"15s\"\n");
  const Ran ran = plan();
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr("passed  good"), HasSubstr("failed  wrong"),
                             HasSubstr(plan.scenario("wrong") + ":4: ledger shows order A1: settled/released"),
                             HasSubstr("Expected settled/released, found settled/lodged"),
                             HasSubstr("2 in all: 1 passed, 1 failed")));
  std::size_t failures = 0;
  for (const auto& one : plan.results().cases) {
    for (const auto& step : one.steps) failures += step.verdict == Verdict::failed ? 1 : 0;
  }
  EXPECT_EQ(failures, 1U);
  EXPECT_EQ(plan.results().cases[1].steps.back().verdict, Verdict::skipped);
}

TEST(JointRun, TellsItsEndAsJson) {
  const PlanRun plan({NamedScenario{"wrong", "gateway refuses order A1: intake.conflict\n"}});
  const Ran ran = plan({"--format", "json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("\"verdict\": \"failed\""), HasSubstr("wrong.scenario:2")));
}

TEST(JointRun, KilledInTheMiddleItGoesOnAndPostsNothingTwice) {
  const PlanRun plan({{"slow", a_slow_order}});
  {
    ChildProcess child = plan.start();
    ASSERT_TRUE(eventually([&] { return plan.journal().find("\"posted\"") != std::string::npos; })) << child.err();
    child.signal(SIGKILL);
    child.exit_status();
  }
  EXPECT_EQ(plan.results().cases[0].verdict, Verdict::open);
  const Ran ran = plan.go_on();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(plan.messages_at_customs(), 1U);
  const auto& messages = plan.results().cases[0].messages;
  ASSERT_THAT(messages, SizeIs(1));
  EXPECT_EQ(messages[0].version, 1);
}

TEST(JointRun, AnUnfinishedLineOfItsJournalIsForgotten) {
  const PlanRun plan({{"good", order_to_run}});
  ASSERT_EQ(plan().status, 0);
  const auto journal = std::filesystem::path(plan.folder()) / "journal.jsonl";
  std::string lines = plan.journal();
  lines.resize(lines.find("\"kind\":\"step\"", lines.find("\"posted\"")));  // the order was posted, that step not done
  write_file(journal, lines);
  const Ran ran = plan.go_on();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(plan.messages_at_customs(), 1U);
}

TEST(JointRun, StopsOnASignalAndSaysHowToGoOn) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const PlanRun plan({{"slow", a_slow_order}});
    ChildProcess child = plan.start();
    ASSERT_TRUE(eventually([&] { return plan.journal().find("\"posted\"") != std::string::npos; })) << child.err();
    child.signal(signal);
    EXPECT_EQ(child.exit_status(), 2);
    EXPECT_THAT(child.out(), HasSubstr("--resume '" + plan.folder() + "'"));
    EXPECT_EQ(plan.go_on().status, 0);
    EXPECT_EQ(plan.messages_at_customs(), 1U);
  }
}

TEST(JointRun, GoesOnOnlyWithTheVeryPlanThatItBegan) {
  const PlanRun plan({{"good", order_to_run}});
  ASSERT_EQ(plan().status, 0);
  write_file(plan.scenario("good"), "scenario: good\n" + order_to_run + "# changed\n");
  const Ran ran = plan.go_on();
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("the plan or a scenario was changed since"));
}

TEST(JointRun, BeginsInAnEmptyFolderAlone) {
  const PlanRun plan({{"good", order_to_run}});
  std::filesystem::create_directory(plan.folder());
  write_file(std::filesystem::path(plan.folder()) / "mine.txt", "mine");
  const Ran begun = plan(), gone_on = plan.go_on();
  EXPECT_EQ(begun.status, 2);
  EXPECT_THAT(begun.err, HasSubstr("empty folder"));
  EXPECT_EQ(gone_on.status, 2);
  EXPECT_THAT(gone_on.err, HasSubstr("no run to go on with"));
}

TEST(JointRun, TheClockAdvancesWhereTheScenarioSaysSo) {
  const PlanRun plan({NamedScenario{"late",
                                    "simulator arranges order A1: late86400\n"
                                    "erp posts order A1\n"
                                    "ledger shows order A1: sent\n"
                                    "clock advances 25 hours\n"
                                    "platform answers order A1: 2, 120\n"}});
  const Ran ran = plan();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST(JointRun, SaysWhatItWaitsForWhereThatTakesLong) {
  const PlanRun plan({NamedScenario{"late",
                                    "simulator arranges order A1: late11\n"
                                    "erp posts order A1\n"
                                    "platform answers order A1: 2, 120\n"}});
  const Ran ran = plan();
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("waiting  " + plan.scenario("late") + ":4: platform answers order A1: 2, 120"));
}

TEST(JointRun, AWrongScenarioIsToldBeforeAnythingIsStarted) {
  const PlanRun plan({{"good", order_to_run}, {"wrong", "erp sings\n"}});
  const Ran ran = plan();
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("wrong.scenario:2"));
  EXPECT_FALSE(std::filesystem::exists(plan.folder()));
}

}  // namespace
}  // namespace tests::jointtest

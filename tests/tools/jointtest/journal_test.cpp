// What a run writes down is what is read back, byte for byte; what cannot be read is told with its line.
#include "tools/jointtest/journal.h"

#include <gmock/gmock.h>

#include "tests/support/paths.h"

namespace tests::jointtest {
namespace {

using namespace tools::jointtest;
using ::testing::IsEmpty;
using ::testing::SizeIs;

base::Time at(int seconds) { return base::Time(std::chrono::seconds(1'800'000'000 + seconds)); }

StepResult step(std::size_t line, const std::string& text, Verdict verdict) {
  StepResult result;
  result.line = line;
  result.text = text;
  result.verdict = verdict;
  return result;
}

Progressed a_run() {
  Progressed run;
  run.digest = "d";
  run.tag = "ABC123";
  run.feed = "17";
  run.results.plan_zh = "联调";
  run.results.plan_en = "Joint test";
  run.results.against = "platform";
  run.results.began = at(0);
  run.results.versions = {"cebgate 0", "schemas 202205"};
  run.results.enterprises = {{"4601960001", "测试", "C", "DXPENT0000000001", "", {"hainan http://x (hainan-http)"}}};
  CaseResult one;
  one.name = "order";
  one.zh = "订单";
  one.en = "Order";
  one.types = {"CEB311Message"};
  one.steps = {step(3, "erp posts order A1", Verdict::open), step(4, "ledger shows order A1: settled", Verdict::open)};
  run.results.cases = {one};
  return run;
}

StepResult passed(std::size_t line) {
  StepResult result = step(line, "t", Verdict::passed);
  result.began = at(1);
  result.ended = at(2);
  return result;
}

MessageResult a_message() {
  MessageResult message;
  message.document_id = "7";
  message.type = "CEB311Message";
  message.key = "CEB311Message/4601960001/A1";
  message.guid = "G";
  message.version = 2;
  message.state = "settled";
  message.stage = "120";
  message.outcome = "lodged";
  message.accepted = at(3);
  message.settled = at(5);
  message.bytes = "<a>\n\xEF\xBB\xBF</a>";
  message.signature_valid = true;
  message.signature_en = "holds";
  message.receipts = {{at(4), "CEB312Message", "2", "新增", std::string("\xFF\x00 broken", 9)}};
  return message;
}

class JointJournal : public ::testing::Test {
 protected:
  std::filesystem::path folder() const { return scratch_.path(); }
  std::filesystem::path file() const { return folder() / journal_name; }

 private:
  ScratchDirectory scratch_;
};

TEST_F(JointJournal, GivesBackEverythingThatWasWritten) {
  {
    auto journal = Journal::begin(folder(), a_run());
    ASSERT_TRUE(journal);
    journal->posting({0, 0}, {"key", "body", std::nullopt});
    journal->posted({0, 0}, "7");
    journal->step({0, 0}, passed(3));
    journal->advanced({0, 1}, std::chrono::seconds(600));
    journal->messages(0, {a_message()});
    journal->enterprise({"4601960001", "测试", "C", "DXPENT0000000001", "serial", {}});
    journal->ended(at(9));
  }
  const auto progress = read_progress(folder());
  ASSERT_TRUE(progress) << progress.faults().front().en;
  EXPECT_EQ(progress->digest + progress->tag + progress->feed, "dABC12317");
  EXPECT_EQ(progress->ahead_seconds, 600U);
  EXPECT_EQ(progress->postings.at({0, 0}).id, "7");
  EXPECT_EQ(progress->postings.at({0, 0}).body, "body");
  const RunResult& results = progress->results;
  EXPECT_EQ(results.ended, at(9));
  ASSERT_THAT(results.enterprises, SizeIs(1));
  EXPECT_EQ(results.enterprises[0].certificate, "serial");
  const CaseResult& one = results.cases.at(0);
  EXPECT_EQ(one.verdict, Verdict::open) << "one of its steps is";
  EXPECT_EQ(one.steps[0].verdict, Verdict::passed);
  EXPECT_EQ(one.steps[0].ended, at(2));
  EXPECT_EQ(one.steps[1].text, "ledger shows order A1: settled");
  const MessageResult &message = one.messages.at(0), wanted = a_message();
  EXPECT_EQ(message.bytes, wanted.bytes);
  EXPECT_EQ(message.receipts.at(0).bytes, wanted.receipts.at(0).bytes);
  EXPECT_EQ(message.receipts.at(0).at, at(4));
  EXPECT_EQ(message.version, 2);
  EXPECT_FALSE(message.sent);
  EXPECT_EQ(message.settled, at(5));
}

TEST_F(JointJournal, GoesOnBehindTheLastFinishedLine) {
  ASSERT_TRUE(Journal::begin(folder(), a_run()));
  write_file(file(), read_file(file()) + R"({"kind":"posted","case":0,)");
  {
    auto journal = Journal::go_on(folder());
    ASSERT_TRUE(journal);
    journal->step({0, 0}, passed(3));
    journal->step({0, 1}, passed(4));
  }
  const auto results = read_results(folder());
  ASSERT_TRUE(results) << results.faults().front().en;
  EXPECT_EQ(results->cases.at(0).verdict, Verdict::passed);
}

TEST_F(JointJournal, BeginsOnceOnly) {
  ASSERT_TRUE(Journal::begin(folder(), a_run()));
  EXPECT_FALSE(Journal::begin(folder(), a_run()));
}

TEST_F(JointJournal, TellsTheLineThatCannotBeRead) {
  for (const std::string line : {"no JSON", "[]", R"({"kind":"step","case":1,"step":0,"result":{}})",
                                 R"({"kind":"step","case":0,"step":2,"result":{}})"}) {
    std::filesystem::remove(file());
    ASSERT_TRUE(Journal::begin(folder(), a_run()));
    write_file(file(), read_file(file()) + line + "\n");
    const auto results = read_results(folder());
    ASSERT_FALSE(results) << line;
    EXPECT_EQ(results.faults().front().line, 2) << line;
    EXPECT_EQ(results.faults().front().code, "jointtest.journal");
  }
}

TEST_F(JointJournal, TellsWhereThereIsNone) {
  EXPECT_FALSE(read_results(folder()));
  write_file(file(), "");
  EXPECT_FALSE(read_results(folder()));
}

TEST(JointVerdict, OfACaseIsThatOfItsWorstStep) {
  const auto of = [](const std::vector<Verdict>& verdicts) {
    std::vector<StepResult> steps;
    for (const Verdict one : verdicts) steps.push_back(step(1, "", one));
    return verdict_of(steps);
  };
  EXPECT_EQ(of({Verdict::passed, Verdict::passed}), Verdict::passed);
  EXPECT_EQ(of({Verdict::passed, Verdict::skipped}), Verdict::skipped);
  EXPECT_EQ(of({Verdict::passed, Verdict::open, Verdict::skipped}), Verdict::open);
  EXPECT_EQ(of({Verdict::failed, Verdict::skipped, Verdict::open}), Verdict::failed);
}

}  // namespace
}  // namespace tests::jointtest

// What is expected against what is seen, and the words of a difference.
#include "tools/jointtest/judgement.h"

#include <gmock/gmock.h>

namespace tests::jointtest {
namespace {

using namespace tools::jointtest;
using ::testing::HasSubstr;

Seen with(const std::vector<SeenReceipt>& receipts) {
  Seen seen;
  seen.receipts = receipts;
  return seen;
}

const SeenReceipt taken{"2", "新增申报成功", "1"}, checked{"120", "", "2"}, rejected{"100", "[Code:13037;Desc:…]", "3"};

Standing standing(const std::vector<ExpectedStatus>& expected, const std::vector<SeenReceipt>& receipts) {
  return judge_answers(expected, with(receipts)).standing;
}

TEST(Judging, AnswersHoldWhenTheReceiptsBeginWithThem) {
  const std::vector<ExpectedStatus> expected{{"2", "申报成功"}, {"120", ""}};
  EXPECT_EQ(standing(expected, {}), Standing::not_yet);
  EXPECT_EQ(standing(expected, {taken}), Standing::not_yet);
  EXPECT_EQ(standing(expected, {taken, checked}), Standing::holds);
  EXPECT_EQ(standing(expected, {taken, checked, rejected}), Standing::holds);
  EXPECT_EQ(standing(expected, {checked}), Standing::against);
  EXPECT_EQ(standing(expected, {taken, rejected}), Standing::against);
  EXPECT_EQ(standing({{"2", "删除"}}, {taken}), Standing::against) << "the text is another";
}

TEST(Judging, AGapStandsForAnyReceiptsOrNone) {
  const std::vector<ExpectedStatus> expected{{"2", ""}, {"", ""}, {"100", "13037"}};
  EXPECT_EQ(standing(expected, {taken, rejected}), Standing::holds);
  EXPECT_EQ(standing(expected, {taken, taken, checked, rejected}), Standing::holds);
  EXPECT_EQ(standing(expected, {taken, checked}), Standing::not_yet);
  EXPECT_EQ(standing(expected, {checked, rejected}), Standing::against);
}

TEST(Judging, SaysWhatWasExpectedAndWhatWasFound) {
  Seen seen = with({taken, rejected});
  seen.state = "refused";
  seen.outcome = "rejected";
  seen.stage = "100";
  const Judgement answers = judge_answers({{"2", ""}, {"120", ""}}, seen);
  EXPECT_THAT(answers.en, HasSubstr("Expected 2, 120, found 2"));
  EXPECT_THAT(answers.en, HasSubstr("13037"));
  const Judgement ledger = judge_ledger({"settled", "released", ""}, seen);
  EXPECT_EQ(ledger.standing, Standing::against);
  EXPECT_THAT(ledger.zh, HasSubstr("应为 已办结/已放行，实为 已退单/海关退单/100"));
  EXPECT_THAT(ledger.en, HasSubstr("Expected settled/released, found refused/rejected/100"));
}

TEST(Judging, ALedgerOnItsWayIsNotYetThere) {
  Seen seen;
  seen.state = "sent";
  seen.stage = "120";
  EXPECT_EQ(judge_ledger({"settled", "", ""}, seen).standing, Standing::not_yet);
  EXPECT_EQ(judge_ledger({"sent", "", "120"}, seen).standing, Standing::holds);
  EXPECT_EQ(judge_ledger({"", "lodged", ""}, seen).standing, Standing::not_yet);
}

TEST(Judging, OneEntryOfTheFeedIsEnough) {
  const std::vector<Picture> heard{{"sent", "", ""}, {"settled", "lodged", "2"}};
  EXPECT_EQ(judge_told({"settled", "", ""}, heard).standing, Standing::holds);
  EXPECT_EQ(judge_told({"sent", "lodged", ""}, heard).standing, Standing::not_yet) << "not in one entry";
  EXPECT_EQ(judge_told({"", "", "2"}, {}).standing, Standing::not_yet);
}

TEST(Judging, EveryNoticeHasToCome) {
  Seen seen;
  seen.notices = {"CEB816Message"};
  EXPECT_EQ(judge_notices({"CEB816Message"}, seen).standing, Standing::holds);
  EXPECT_EQ(judge_notices({"CEB816Message", "CEB818Message"}, seen).standing, Standing::not_yet);
}

}  // namespace
}  // namespace tests::jointtest

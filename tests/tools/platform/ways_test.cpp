// The statuses of every declaration in their order, and those that a trigger or a scenario file asks for.
#include "tools/platform/ways.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>

#include "tests/tools/platform/counter.h"

namespace tests::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;
using ::tools::platform::is_way;
using ::tools::platform::most_statuses;

struct UsualWay {
  std::string type;
  std::vector<std::string> statuses;
};

class PlatformUsualWays : public testing::TestWithParam<UsualWay> {};

TEST_P(PlatformUsualWays, go_from_eport_to_the_end_with_receipts_that_hold_by_the_schema) {
  Counter counter;
  if (GetParam().type == "CEB621Message") counter.hand_in_siblings("A1");
  testing::internal::CaptureStderr();
  EXPECT_EQ(counter.hand_in(GetParam().type, "A1"), GetParam().statuses);
  const std::string log = testing::internal::GetCapturedStderr();
  // The schema wants the number of an export inventory in its first receipt, which is before customs has given it.
  const bool is_before_its_number = GetParam().type == "CEB603Message";
  EXPECT_EQ(std::ranges::count(log, '\n'), is_before_its_number ? 1 : 0) << log;
}

INSTANTIATE_TEST_SUITE_P(
    of_each_declaration, PlatformUsualWays,
    testing::Values(UsualWay{"CEB303Message", {"2", "120"}}, UsualWay{"CEB311Message", {"2", "120"}},
                    UsualWay{"CEB403Message", {"2", "120"}}, UsualWay{"CEB411Message", {"2", "120"}},
                    UsualWay{"CEB505Message", {"2", "120"}}, UsualWay{"CEB507Message", {"2", "399"}},
                    UsualWay{"CEB509Message", {"2", "399"}}, UsualWay{"CEB511Message", {"2", "120"}},
                    UsualWay{"CEB513Message", {"2", "120"}}, UsualWay{"CEB603Message", {"2", "120", "800"}},
                    UsualWay{"CEB605Message", {"2", "399"}}, UsualWay{"CEB607Message", {"2", "120"}},
                    UsualWay{"CEB213Message", {"2", "120", "800"}}, UsualWay{"CEB215Message", {"2", "399"}},
                    UsualWay{"CEB621Message", {"2", "120", "800"}}, UsualWay{"CEB623Message", {"2", "120", "399"}},
                    UsualWay{"CEB625Message", {"2", "120", "399"}}, UsualWay{"CEB701Message", {"2", "399"}},
                    UsualWay{"CEB711Message", {"2", "120", "399"}}),
    [](const auto& one) { return one.param.type; });

TEST(PlatformUsualWays, AreKnownOfEveryDeclaration) {
  for (const std::string& type : declaration_types()) {
    EXPECT_FALSE(platform_rules().treatment(type).way.empty()) << type;
  }
}

struct FinalStatus {
  std::string status;
  std::vector<std::string> way;
};

class PlatformFinalStatuses : public testing::TestWithParam<FinalStatus> {};

TEST_P(PlatformFinalStatuses, of_an_inventory_come_behind_what_leads_to_them) {
  Counter counter;
  EXPECT_EQ(counter.hand_in("CEB621Message", "A1", {{"copNo", "I~" + GetParam().status}}), GetParam().way);
}

INSTANTIATE_TEST_SUITE_P(
    each, PlatformFinalStatuses,
    testing::Values(FinalStatus{"1", {"1"}}, FinalStatus{"2", {"2"}}, FinalStatus{"3", {"2", "3"}},
                    FinalStatus{"4", {"2", "4"}}, FinalStatus{"100", {"2", "100"}}, FinalStatus{"120", {"2", "120"}},
                    FinalStatus{"300", {"2", "120", "300"}}, FinalStatus{"399", {"2", "120", "399"}},
                    FinalStatus{"400", {"2", "120", "400"}}, FinalStatus{"500", {"2", "120", "500"}},
                    FinalStatus{"501", {"2", "120", "500", "501"}}, FinalStatus{"502", {"2", "120", "500", "502"}},
                    FinalStatus{"503", {"2", "120", "500", "503"}}, FinalStatus{"599", {"2", "120", "500", "599"}},
                    FinalStatus{"600", {"2", "120", "600"}}, FinalStatus{"700", {"2", "120", "700"}},
                    FinalStatus{"800", {"2", "120", "800"}}, FinalStatus{"899", {"2", "120", "800", "899"}},
                    FinalStatus{"-621017", {"-621017"}}),
    [](const auto& one) {
      return one.param.status.starts_with('-') ? "negative" + one.param.status.substr(1) : "to" + one.param.status;
    });

TEST(PlatformAskedWays, AScenarioNamesEveryStatusAndThePausesBetween) {
  Counter counter({.scenario = "CEB621Message/*/C-A1\t2,3,120@60,300,399,500,800@3600,899\n"});
  EXPECT_THAT(counter.hand_in("CEB621Message", "A1"), ElementsAre("2", "3", "120", "300", "399", "500", "800", "899"));
  const auto time_of = [&](std::size_t i) { return std::stoll(counter.said()[i].at("returnedAt")); };
  EXPECT_EQ(time_of(1) - time_of(0), 200);
  EXPECT_EQ(time_of(2) - time_of(1), 60'000);
  EXPECT_EQ(time_of(6) - time_of(5), 3'600'000);
}

TEST(PlatformAskedWays, HaveALimitAndAForm) {
  std::string most = "2";
  for (std::size_t i = 1; i < most_statuses; ++i) most += ",2";
  EXPECT_TRUE(is_way(most));
  EXPECT_FALSE(is_way(most + ",2"));
  EXPECT_TRUE(is_way("2,120@86400"));
  for (const char* wrong : {"2,120@86401", "2,", ",2", "2@", "2@x", "2,twice", "", "12345678901"}) {
    EXPECT_FALSE(is_way(wrong)) << wrong;
  }
}

TEST(PlatformAskedWays, HoldForTheFirstGuidOnly) {
  Counter counter;
  EXPECT_THAT(counter.hand_in("CEB311Message", "A1~2,3,100"), ElementsAre("2", "3", "100"));
  EXPECT_THAT(counter.hand_in("CEB311Message", "A1~2,3,100", {{"appType", "2"}}), ElementsAre("2", "120"));
}

TEST(PlatformNumbers, AreMadeAsTheSpecificationSays) {
  Counter counter;
  counter.hand_in_siblings("A1");
  counter.hand_in("CEB621Message", "A1");
  EXPECT_THAT(counter.last("preNo"), MatchesRegex("B20260131[0-9]{9}"));
  EXPECT_THAT(counter.last("invtNo"), MatchesRegex("64092026I[0-9]{9}"));
  counter.hand_in("CEB603Message", "A1");
  EXPECT_THAT(counter.last("preNo"), MatchesRegex("B20260131[0-9]{9}"));
  EXPECT_THAT(counter.last("invtNo"), MatchesRegex("64092026E[0-9]{9}"));
  counter.hand_in("CEB215Message", "A1");
  EXPECT_THAT(counter.last("preNo"), MatchesRegex("o20260131[0-9]{9}"));
  counter.hand_in("CEB701Message", "A1");
  EXPECT_THAT(counter.last("sumNo"), MatchesRegex("S20260131[0-9]{9}"));
}

// Everything that is said of one sale.
std::vector<Record> run_of(const std::string& seed) {
  Counter counter({.habits = {.seed = seed}});
  std::vector<Record> all;
  for (const char* type : {"CEB621Message", "CEB311Message", "CEB411Message", "CEB511Message", "CEB603Message"}) {
    counter.hand_in(type, {counter.document(type, "A1", {{"guid", "11111111-2222-4333-8444-555555555555"}})});
    all.insert(all.end(), counter.said().begin(), counter.said().end());
  }
  return all;
}

TEST(PlatformSeed, MakesNumbersGuidsAndPausesTheSameInEveryRun) {
  const auto first = run_of("7");
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(first, run_of("7"));
  EXPECT_NE(first, run_of("8"));
  EXPECT_EQ(run_of(""), run_of(""));
}

TEST(PlatformSeed, VariesThePausesBetweenHalfThePaceAndOneAndAHalf) {
  std::set<long long> pauses;
  for (int i = 0; i < 20; ++i) {
    Counter counter({.habits = {.seed = std::to_string(i)}});
    counter.hand_in("CEB311Message", "A1");
    const auto time_of = [&](std::size_t step) { return std::stoll(counter.said()[step].at("returnedAt")); };
    pauses.insert(time_of(1) - time_of(0));
  }
  EXPECT_GT(pauses.size(), 5U);
  EXPECT_GE(*pauses.begin(), 100);
  EXPECT_LE(*pauses.rbegin(), 300);
}

}  // namespace
}  // namespace tests::tools

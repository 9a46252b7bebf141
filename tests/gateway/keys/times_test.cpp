// When keys take over from one another, and when certificates begin and end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/keys/key_bench.h"

namespace {

using namespace std::chrono_literals;
using namespace testing;
using gateway::keys::Nearness;
using gateway::keys::nearness;
using gateway::keys::Standing;
using std::chrono::days;
using tests::KeyBench;

struct Times : Test {
  base::Time now() { return bench.clock.now(); }
  tests::TestIdentity issue(base::Time begin, base::Time end) {
    return bench.authority.issue_sm2("测试企业", {.not_before = begin, .not_after = end});
  }
  Standing standing(std::size_t n) { return KeyBench::report(*keys, n).standing; }
  void open(std::vector<config::SigningKey> its) {
    bench.its_keys() = std::move(its);
    keys = bench.open();
  }
  std::string told() {
    std::string texts;
    for (const auto& one : keys->tidings()) texts += one.text + "\n";
    return texts;
  }

  KeyBench bench;
  tests::TestIdentity old = bench.authority.issue_sm2("测试企业"), young = bench.authority.issue_sm2("测试企业"),
                      youngest = bench.authority.issue_sm2("测试企业");
  std::unique_ptr<gateway::keys::Keys> keys;
};

TEST_F(Times, ANewKeyWaitsAndTakesOverExactlyAtItsTime) {
  open({KeyBench::in_file(old), KeyBench::in_file(young, now() + 1h)});
  bench.clock.advance(1h - 1ms);
  EXPECT_THAT(tests::under_load(*keys, 2, 10), ElementsAre(Pair(old.serial, 20)));
  EXPECT_EQ(standing(0), Standing::in_use);
  EXPECT_EQ(standing(1), Standing::waiting);
  EXPECT_THAT(KeyBench::report(*keys, 1).why_en, HasSubstr("waits until 2026-01-31T10:30:00.000+08:00"));
  bench.clock.advance(1ms);
  EXPECT_THAT(tests::under_load(*keys, 2, 10), ElementsAre(Pair(young.serial, 20)));
  EXPECT_EQ(standing(0), Standing::relieved);
  EXPECT_EQ(standing(1), Standing::in_use);
}

TEST_F(Times, TwoKeysOfTheNewTimeShareTheWork) {
  open({KeyBench::in_file(old), KeyBench::in_file(young, now()), KeyBench::in_file(youngest, now())});
  EXPECT_THAT(tests::under_load(*keys, 1, 20),
              UnorderedElementsAre(Pair(young.serial, Gt(0)), Pair(youngest.serial, Gt(0))));
  EXPECT_EQ(standing(0), Standing::relieved);
}

TEST_F(Times, ACertificateThatHasNotBegunWaitsAndTheOldKeyGoesOnUntilItDoes) {
  const auto coming = issue(now() + 2h, now() + days(900));
  open({KeyBench::in_file(old), KeyBench::in_file(coming, now() + 1h)});
  bench.clock.advance(2h - 1ms);
  EXPECT_EQ(standing(1), Standing::waiting);
  EXPECT_EQ(standing(0), Standing::in_use);
  EXPECT_EQ(KeyBench::signed_by(*keys), old.serial);
  bench.clock.advance(1ms);
  EXPECT_EQ(standing(1), Standing::in_use);
  EXPECT_EQ(KeyBench::signed_by(*keys), coming.serial);
}

TEST_F(Times, AlthoughOneCertificateOfTheNewTimeHasNotBegunTheOtherTakesOver) {
  const auto coming = issue(now() + 2h, now() + days(900));
  open({KeyBench::in_file(old), KeyBench::in_file(young, now() + 1h), KeyBench::in_file(coming, now() + 1h)});
  bench.clock.advance(1h);
  EXPECT_EQ(KeyBench::signed_by(*keys), young.serial);
  bench.clock.advance(1h);
  EXPECT_THAT(tests::under_load(*keys, 1, 20), SizeIs(2));
}

TEST_F(Times, ACertificateSignsToItsLastMomentAndNotAfter) {
  const auto ending = issue(now() - days(10), now() + 1h);
  open({KeyBench::in_file(ending)});
  bench.clock.advance(1h);
  EXPECT_EQ(KeyBench::signed_by(*keys), ending.serial);
  bench.clock.advance(1ms);
  EXPECT_EQ(KeyBench::signed_by(*keys), "key.none");
  EXPECT_EQ(standing(0), Standing::out_of_use);
  EXPECT_THAT(KeyBench::report(*keys).why_en, HasSubstr("ended on 2026-01-31"));
}

TEST_F(Times, OneThatHadEndedBeforeTheStartIsOutOfUseAndKeepsNothingFromStarting) {
  const auto ended = issue(now() - days(10), now() - 1s);
  bench.its_keys() = {KeyBench::in_file(ended), KeyBench::in_file(old)};
  auto opened = gateway::keys::Keys::open(bench.settings, bench.clock);
  ASSERT_TRUE(opened);
  keys = std::move(opened).value();
  EXPECT_EQ(standing(0), Standing::out_of_use);
  EXPECT_THAT(tests::under_load(*keys, 1, 4), ElementsAre(Pair(old.serial, 4)));
}

TEST(NearnessOfAnEnd, ChangesAtSixtyThirtyAndSevenDays) {
  const base::Time end = tests::signing_time;
  const auto with_left = [&](std::chrono::milliseconds left) { return nearness(end, end - left); };
  EXPECT_EQ(with_left(days(60) + 1ms), Nearness::far);
  EXPECT_EQ(with_left(days(60)), Nearness::within_60_days);
  EXPECT_EQ(with_left(days(30) + 1ms), Nearness::within_60_days);
  EXPECT_EQ(with_left(days(30)), Nearness::within_30_days);
  EXPECT_EQ(with_left(days(7) + 1ms), Nearness::within_30_days);
  EXPECT_EQ(with_left(days(7)), Nearness::within_7_days);
  EXPECT_EQ(with_left(0ms), Nearness::within_7_days);
  EXPECT_EQ(with_left(-1ms), Nearness::ended);
}

TEST_F(Times, TheEndIsToldOnceAtEachThreshold) {
  const auto ending = issue(now() - days(10), now() + days(61));
  open({KeyBench::in_file(ending)});
  EXPECT_THAT(told(), AllOf(HasSubstr("in_use"), Not(HasSubstr("ends in"))));
  for (const auto& [more, said] : {std::pair{days(1), "ends in 60 days"}, std::pair{days(30), "ends in 30 days"},
                                   std::pair{days(23), "ends in 7 days"}}) {
    EXPECT_EQ(told(), "");
    bench.clock.advance(more - 1s);
    EXPECT_EQ(told(), "");
    bench.clock.advance(1s);
    EXPECT_THAT(told(), HasSubstr(said));
    EXPECT_EQ(told(), "");
  }
  bench.clock.advance(days(7) + 1ms);
  EXPECT_THAT(told(), AllOf(HasSubstr("out_of_use"), HasSubstr("ended on")));
  EXPECT_EQ(told(), "");
}

TEST_F(Times, TheEndIsToldAlsoOfAKeyThatIsAway) {
  const auto ending = issue(now() - days(10), now() + days(61));
  tests::UkeyServer server(ending);
  server.behave(tests::taking(0ms));
  open({bench.in_ukey(server)});
  server.stop();
  bench.clock.advance(30s);
  KeyBench::look(*keys);
  EXPECT_THAT(told(), AllOf(HasSubstr("resting"), HasSubstr("cannot be reached")));
  bench.clock.advance(days(1));
  EXPECT_THAT(told(), HasSubstr("ends in 59 days"));
}

TEST_F(Times, TheEndOfARelievedKeyIsNobodysTrouble) {
  const auto ending = issue(now() - days(10), now() + days(8));
  open({KeyBench::in_file(ending), KeyBench::in_file(young, now() + 1h)});
  EXPECT_THAT(told(), HasSubstr("ends in 8 days"));
  bench.clock.advance(1h);
  EXPECT_THAT(told(), AllOf(HasSubstr("relieved"), HasSubstr("in_use, certificate " + young.serial)));
  bench.clock.advance(days(1));
  EXPECT_EQ(told(), "");
  bench.clock.advance(days(8));
  EXPECT_EQ(told(), "");
  EXPECT_EQ(standing(0), Standing::relieved);
}

}  // namespace

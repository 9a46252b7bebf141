// Several keys of one enterprise at the same time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/base64.h"
#include "tests/gateway/keys/key_bench.h"

namespace {

using namespace std::chrono_literals;
using namespace testing;
using gateway::keys::Standing;
using tests::KeyBench;
using tests::taking;
using tests::UkeyServer;
using Answers = tests::UkeyBehaviour::Answers;

constexpr auto short_time = 400ms * tests::slowness;

struct TwoUkeys : Test {
  TwoUkeys() {
    for (auto* server : {&first, &second}) server->behave(taking(5ms));
    bench.its_keys() = {bench.in_ukey(first, "88888888", short_time), bench.in_ukey(second, "88888888", short_time)};
    keys = bench.open();
  }
  Standing standing(std::size_t n) { return KeyBench::report(*keys, n).standing; }

  KeyBench bench;
  tests::TestIdentity one = bench.authority.issue_sm2("测试企业"), other = bench.authority.issue_sm2("测试企业");
  UkeyServer first{one}, second{other};
  std::unique_ptr<gateway::keys::Keys> keys;
};

TEST(KeysInFiles, EqualOnesSignAboutTheSameNumber) {
  KeyBench bench;
  const auto one = bench.authority.issue_sm2("测试企业"), other = bench.authority.issue_sm2("测试企业");
  bench.its_keys() = {KeyBench::in_file(one), KeyBench::in_file(other)};
  const auto keys = bench.open();
  const auto outcomes = tests::under_load(*keys, 1, 200);
  EXPECT_THAT(outcomes, UnorderedElementsAre(Pair(one.serial, 100), Pair(other.serial, 100)));
}

TEST_F(TwoUkeys, EqualOnesWorkAtTheSameTimeAndSignAboutTheSameNumber) {
  for (auto* server : {&first, &second}) server->behave(taking(20ms));
  const auto begun = std::chrono::steady_clock::now();
  const auto outcomes = tests::under_load(*keys, 3, 20);
  const auto took = std::chrono::steady_clock::now() - begun;
  EXPECT_THAT(outcomes,
              UnorderedElementsAre(Pair(one.serial, AllOf(Ge(20), Le(40))), Pair(other.serial, AllOf(Ge(20), Le(40)))));
  EXPECT_LT(took, 60 * 20ms * tests::slowness);  // what one of them alone would need
}

TEST_F(TwoUkeys, TheFastOneSignsMostAndTheSlowOneIsUsedToo) {
  second.behave(taking(150ms));
  auto outcomes = tests::under_load(*keys, 3, 100);
  EXPECT_GT(outcomes[one.serial], 3 * outcomes[other.serial]);
  EXPECT_GT(outcomes[other.serial], 5) << "the slow one was idle while work waited";
  EXPECT_EQ(outcomes.size(), 2U);
}

TEST_F(TwoUkeys, OneThatHangsIsLeftOutAndTheOtherDoesItsWork) {
  first.behave(taking(5ms, Answers::never));
  const auto outcomes = tests::under_load(*keys, 3, 10);
  EXPECT_THAT(outcomes, ElementsAre(Pair(other.serial, 30)));
  EXPECT_EQ(standing(0), Standing::resting);
  EXPECT_THAT(KeyBench::report(*keys, 0).why_en, HasSubstr("did not answer"));
  EXPECT_EQ(standing(1), Standing::in_use);
}

TEST_F(TwoUkeys, OneThatHungIsProbedAndComesBackWhenItAnswers) {
  first.behave(taking(5ms, Answers::never));
  ASSERT_THAT(tests::under_load(*keys, 1, 4), ElementsAre(Pair(other.serial, 4)));
  first.behave(taking(5ms));
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::resting) << "probed before its pause is over";
  bench.clock.advance(5s);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::in_use);
  EXPECT_THAT(tests::under_load(*keys, 3, 10), SizeIs(2));
}

TEST_F(TwoUkeys, ThePauseBetweenProbesGrowsToAMinute) {
  first.behave(taking(5ms, Answers::dropped));
  ASSERT_THAT(tests::under_load(*keys, 1, 2), ElementsAre(Pair(other.serial, 2)));
  for (const auto pause : {5s, 10s, 20s, 40s, 60s, 60s}) {
    const int probed = first.counts().connections;
    bench.clock.advance(pause - 1ms);
    KeyBench::look(*keys);
    EXPECT_EQ(first.counts().connections, probed) << pause.count();
    bench.clock.advance(1ms);
    KeyBench::look(*keys);
    EXPECT_GT(first.counts().connections, probed) << pause.count();
  }
}

TEST_F(TwoUkeys, AnIdleOneIsAskedAfterHalfAMinute) {
  first.behave(taking(5ms, Answers::never));
  bench.clock.advance(30s - 1ms);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::in_use);
  bench.clock.advance(1ms);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::resting);
  EXPECT_EQ(standing(1), Standing::in_use);
}

TEST_F(TwoUkeys, TheClientsProgramMayStartAgainInTheMiddle) {
  std::thread restart([&] {
    ASSERT_TRUE(tests::eventually([&] { return first.counts().signatures > 10; }));
    first.stop();
    first.start();
  });
  auto outcomes = tests::under_load(*keys, 3, 40);
  restart.join();
  EXPECT_EQ(outcomes[one.serial] + outcomes[other.serial], 120);
  EXPECT_EQ(outcomes.size(), 2U);
  bench.clock.advance(5s);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::in_use);
}

TEST_F(TwoUkeys, WithAllOfThemDownTheFaultTellsTheReasonOfEach) {
  first.behave(taking(5ms, Answers::never));
  second.stop();
  const auto made = keys->ring(tests::enterprise_code).with_key([](const signing::Key& key) {
    return key.sign(signing::SignatureAlgorithm::sm2_sm3, "text");
  });
  ASSERT_FALSE(made);
  const auto& fault = made.faults().front();
  EXPECT_EQ(fault.code, "key.none");
  EXPECT_THAT(fault.en, AllOf(HasSubstr(tests::enterprise_code), HasSubstr(first.uri()), HasSubstr("did not answer"),
                              HasSubstr(second.uri()), HasSubstr("cannot be reached")));
  EXPECT_THAT(fault.zh, AllOf(HasSubstr(first.uri()), HasSubstr("没有应答"), HasSubstr(second.uri())));
  EXPECT_EQ(KeyBench::signed_by(*keys), "key.none");
}

TEST_F(TwoUkeys, OneWhoseSignaturesDoNotHoldRestsUntilOneHolds) {
  auto behaviour = taking(5ms);
  behaviour.value = base::base64(std::string(64, '\x01'));
  first.behave(behaviour);
  EXPECT_THAT(tests::under_load(*keys, 2, 6), ElementsAre(Pair(other.serial, 12)));
  EXPECT_EQ(standing(0), Standing::resting);
  EXPECT_THAT(KeyBench::report(*keys, 0).why_en, HasSubstr("did not verify"));
  bench.clock.advance(5s);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::resting);
  first.behave(taking(5ms));
  bench.clock.advance(10s);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::in_use);
}

TEST_F(TwoUkeys, OneWhoseCardIsAnotherRestsAndTheOtherDoesItsWork) {
  first.change_card(other);
  EXPECT_THAT(tests::under_load(*keys, 2, 6), ElementsAre(Pair(other.serial, 12)));
  bench.clock.advance(5s);
  KeyBench::look(*keys);
  EXPECT_THAT(KeyBench::report(*keys, 0).why_en, HasSubstr("right card"));
  first.change_card(one);
  bench.clock.advance(10s);
  KeyBench::look(*keys);
  EXPECT_EQ(standing(0), Standing::in_use);
}

TEST_F(TwoUkeys, AFaultOfTheMessageIsNoFaultOfTheKey) {
  EXPECT_EQ(KeyBench::signed_by(*keys, "<no xml"), "xml.syntax");
  EXPECT_EQ(standing(0), Standing::in_use);
  EXPECT_EQ(standing(1), Standing::in_use);
}

TEST_F(TwoUkeys, ALookAtOneThatHangsKeepsTheOthersWaitingForASecondOnly) {
  bench.its_keys()[0].timeout = 20s;
  keys = bench.open();
  first.behave(taking(5ms, Answers::never));
  second.behave(taking(5ms, Answers::dropped));
  bench.clock.advance(30s);
  const auto begun = std::chrono::steady_clock::now();
  keys->care();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s * tests::slowness);
  EXPECT_EQ(standing(0), Standing::in_use) << "not known yet";
  EXPECT_EQ(standing(1), Standing::resting);
  second.behave(taking(5ms));
  bench.clock.advance(5s);
  EXPECT_TRUE(tests::eventually([&] {
    keys->care();
    return standing(1) == Standing::in_use;
  }));
  first.stop();  // ends the call that hangs
  keys->settle();
  EXPECT_EQ(standing(0), Standing::resting);
}

TEST(KeyNames, TellKeysApartThatShareAUriAndHideAPin) {
  KeyBench bench;
  const auto one = bench.authority.issue_sm2("测试企业");
  bench.its_keys() = {KeyBench::in_file(one), KeyBench::in_file(one, bench.clock.now() + 1h)};
  const auto keys = bench.open();
  EXPECT_EQ(KeyBench::report(*keys, 0).key, "file:" + one.key.string());
  EXPECT_EQ(KeyBench::report(*keys, 1).key, "file:" + one.key.string() + " #2");
  EXPECT_EQ(keys->tidings().size(), 2U);
  EXPECT_EQ(keys->tidings().size(), 0U);
  using gateway::keys::uri_without_pin;
  EXPECT_EQ(uri_without_pin("pkcs11:token=a?PIN-value=1234&module-path=/m.so&pin-source=/p"),
            "pkcs11:token=a?module-path=/m.so");
  EXPECT_EQ(uri_without_pin("pkcs11:token=a?pin-value=1234"), "pkcs11:token=a");
  EXPECT_EQ(uri_without_pin("skf:/l.so?container=a&application=pin"), "skf:/l.so?container=a&application=pin");
}

}  // namespace

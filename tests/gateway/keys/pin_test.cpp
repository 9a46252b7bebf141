// A wrong PIN is never tried twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/gateway/keys/key_bench.h"

namespace {

using namespace std::chrono_literals;
using namespace testing;
using gateway::keys::Standing;
using tests::KeyBench;
using tests::taking;
using tests::UkeyServer;

struct Pin : Test {
  Pin() { server.behave(taking(0ms)); }
  auto opened_with(const std::string& pin) {
    bench.its_keys() = {bench.in_ukey(server, pin)};
    return bench.open();
  }
  std::vector<std::string> told(gateway::keys::Keys& keys) {
    std::vector<std::string> texts;
    for (const auto& [level, text] : keys.tidings()) texts.push_back(text);
    return texts;
  }

  KeyBench bench;
  tests::TestIdentity one = bench.authority.issue_sm2("测试企业"), other = bench.authority.issue_sm2("测试企业");
  UkeyServer server{one, "88888888", 5};
};

TEST_F(Pin, AWrongOneReachesTheCardOnceWhateverIsDoneAfterwards) {
  const auto keys = opened_with("12345678");
  EXPECT_EQ(KeyBench::report(*keys).standing, Standing::out_of_use);
  EXPECT_THAT(KeyBench::report(*keys).why_en, AllOf(HasSubstr("PIN"), Not(HasSubstr("12345678"))));
  EXPECT_THAT(tests::under_load(*keys, 8, 5), ElementsAre(Pair("key.none", 40)));
  for (int i = 0; i < 3; ++i) {
    bench.clock.advance(1h);
    KeyBench::look(*keys);
  }
  EXPECT_EQ(server.counts().wrong_pins, 1);
}

TEST_F(Pin, AWrongOneIsNotTriedAfterARestartAndTheWayOutIsTold) {
  opened_with("12345678");
  const int connections = server.counts().connections;
  const auto again = opened_with("12345678");
  EXPECT_EQ(KeyBench::report(*again).standing, Standing::out_of_use);
  EXPECT_THAT(KeyBench::report(*again).why_en, AllOf(HasSubstr("refused before"), HasSubstr("refused-pins")));
  EXPECT_EQ(server.counts().connections, connections) << "the device was asked";
  EXPECT_EQ(server.counts().wrong_pins, 1);
}

TEST_F(Pin, ACorrectedOneIsTriedAfterARestart) {
  opened_with("12345678");
  const auto again = opened_with("88888888");
  EXPECT_EQ(KeyBench::signed_by(*again), one.serial);
  const auto wrong_again = opened_with("12345678");
  EXPECT_EQ(KeyBench::report(*wrong_again).standing, Standing::out_of_use);
  EXPECT_EQ(server.counts().wrong_pins, 1);
}

TEST_F(Pin, ThatItIsWrongIsToldOnce) {
  const auto keys = opened_with("12345678");
  EXPECT_THAT(told(*keys), ElementsAre(AllOf(HasSubstr(tests::enterprise_code), HasSubstr("out_of_use"),
                                             HasSubstr("PIN"), Not(HasSubstr("12345678")))));
  bench.clock.advance(1h);
  KeyBench::look(*keys);
  EXPECT_THAT(told(*keys), IsEmpty());
}

TEST_F(Pin, OneThatIsRefusedInTheMiddleIsRefusedOnceForAllThreads) {
  const auto keys = opened_with("88888888");
  ASSERT_THAT(told(*keys), SizeIs(1));
  ASSERT_EQ(KeyBench::signed_by(*keys), one.serial);
  const int asked = server.counts().requests;
  auto refusing = taking(0ms);
  refusing.refusal = {"验证卡密码错误,剩余次数:4"};
  server.behave(refusing);
  EXPECT_THAT(tests::under_load(*keys, 8, 5), ElementsAre(Pair("key.none", 40)));
  EXPECT_EQ(server.counts().requests, asked + 1);
  EXPECT_EQ(KeyBench::report(*keys).standing, Standing::out_of_use);
  server.behave(taking(0ms));
  bench.clock.advance(1h);
  KeyBench::look(*keys);
  EXPECT_EQ(server.counts().requests, asked + 1);
  EXPECT_THAT(told(*keys), SizeIs(1));
  EXPECT_EQ(KeyBench::report(*opened_with("88888888")).standing, Standing::out_of_use);
  EXPECT_EQ(server.counts().requests, asked + 1);
}

TEST_F(Pin, TheOneThatWasTriedIsRememberedAndNotTheOneThatHasTakenItsPlaceInTheFile) {
  auto key = bench.in_ukey(server);
  key.pin = "file:" + bench.secret_file("88888888", "the-pin");
  bench.its_keys() = {key};
  const auto keys = bench.open();
  auto refusing = taking(0ms);
  refusing.refusal = {"验证卡密码错误,剩余次数:4"};
  bench.secret_file("87654321", "the-pin");
  server.behave(refusing);
  ASSERT_EQ(KeyBench::signed_by(*keys), "key.none");
  server.behave(taking(0ms));
  const int asked = server.counts().requests;
  const auto again = bench.open();
  EXPECT_EQ(server.counts().requests, asked + 1) << "the new PIN was not tried";
}

TEST_F(Pin, WhereRefusalsCannotBeKeptNoneIsTriedAndTheStartFails) {
  std::filesystem::create_directory(bench.folder.path() / "refused-pins");
  const auto keys = opened_with("88888888");
  EXPECT_EQ(KeyBench::report(*keys).standing, Standing::resting);
  EXPECT_THAT(KeyBench::report(*keys).why_en, HasSubstr("refused-pins"));
  EXPECT_EQ(server.counts().connections, 0);
  const auto started = gateway::keys::Keys::open(bench.settings, bench.clock);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.faults().front().code, "key.memory");
}

TEST_F(Pin, ALockedCardIsOutOfUse) {
  UkeyServer locked(one, "88888888", 1);
  locked.behave(taking(0ms));
  bench.its_keys() = {bench.in_ukey(locked, "12345678")};
  bench.open();
  ASSERT_TRUE(locked.locked());
  bench.its_keys() = {bench.in_ukey(locked, "88888888")};
  const auto keys = bench.open();
  EXPECT_EQ(KeyBench::report(*keys).standing, Standing::out_of_use);
  EXPECT_THAT(KeyBench::report(*keys).why_en, HasSubstr("locked"));
}

TEST_F(Pin, ARefusalInUnknownWordsPutsTheKeyOutOfUseLestItBeThePin) {
  auto refusing = taking(0ms);
  refusing.refusal = {"错误 4711"};
  server.behave(refusing);
  const auto keys = opened_with("88888888");
  EXPECT_EQ(KeyBench::report(*keys).standing, Standing::out_of_use);
  EXPECT_THAT(KeyBench::report(*keys).why_en, HasSubstr("4711"));
  const int asked = server.counts().requests;
  bench.clock.advance(1h);
  KeyBench::look(*keys);
  EXPECT_EQ(server.counts().requests, asked);
  server.behave(taking(0ms));
  EXPECT_EQ(KeyBench::signed_by(*opened_with("88888888")), one.serial) << "it may have been something else";
}

TEST_F(Pin, WhatRootRemembersIsTheServicesToRead) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  constexpr uid_t service = 65534;
  ASSERT_EQ(chown(bench.folder.path().c_str(), service, service), 0);
  opened_with("12345678");
  struct stat facts {};
  ASSERT_EQ(stat((bench.folder.path() / "refused-pins").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_uid, service);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST_F(Pin, OneWrongPinDoesNotKeepTheOthersFromWorking) {
  UkeyServer good(other);
  good.behave(taking(0ms));
  bench.its_keys() = {bench.in_ukey(server, "12345678"), bench.in_ukey(good)};
  const auto keys = gateway::keys::Keys::open(bench.settings, bench.clock);
  ASSERT_TRUE(keys);
  EXPECT_THAT(tests::under_load(**keys, 2, 3), ElementsAre(Pair(other.serial, 6)));
}

}  // namespace

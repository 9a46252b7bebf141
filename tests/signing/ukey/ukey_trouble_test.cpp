// What goes wrong with a UKey: the PIN, the reader, a client that hangs, breaks off, babbles or comes again.
#include <algorithm>
#include <functional>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

#include "tests/signing/ukey/open_ukey.h"
#include "tests/support/raw_socket.h"

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using tests::at_once;
using tests::eventually;
using tests::Identities;
using tests::open_ukey;
using tests::outcome;
using tests::sign_and_check;
using tests::sm2;
using tests::UkeyBehaviour;
using tests::UkeyReader;
using tests::UkeyServer;
using Answers = UkeyBehaviour::Answers;

constexpr auto short_time = 400ms * tests::slowness;

// What many threads got, each signing its own text.
std::vector<std::string> signed_by_threads(const signing::Key& key, int threads, int times = 1) {
  std::mutex mutex;
  std::vector<std::string> outcomes;
  std::vector<std::thread> callers;
  for (int i = 0; i < threads; ++i) {
    callers.emplace_back([&, i] {
      for (int n = 0; n < times; ++n) {
        const auto got = sign_and_check(key, std::to_string(i) + " " + std::to_string(n));
        const std::scoped_lock lock(mutex);
        outcomes.push_back(got);
      }
    });
  }
  for (auto& caller : callers) caller.join();
  return outcomes;
}

UkeyBehaviour refusing(std::vector<std::string> words) {
  auto behaviour = at_once();
  behaviour.refusal = std::move(words);
  return behaviour;
}

TEST(UkeyTrouble, AWrongPinIsSentOnceAndNeverAgain) {
  UkeyServer server(Identities::shared().sm2, "88888888", 3);
  server.behave(at_once());
  auto source = tests::ukey_source(server);
  source.pin = base::Secret(std::string("12345678"));
  const auto key = signing::ukey::open_ukey(source);
  ASSERT_EQ(outcome(key), "key.pin");
  EXPECT_EQ(key.faults().front().en.find("12345678"), std::string::npos);
  EXPECT_EQ(server.counts().wrong_pins, 1);
}

TEST(UkeyTrouble, APinRefusedLaterIsNotSentAgainWhoeverWaits) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  const int asked = server.counts().requests;
  server.behave(refusing({"验证卡密码错误,剩余次数:4"}));
  EXPECT_EQ(signed_by_threads(*key, 8), std::vector<std::string>(8, "key.pin"));
  server.behave(at_once());
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.pin");
  EXPECT_EQ(outcome(key->check()), "key.pin");
  EXPECT_EQ(server.counts().requests, asked + 1);
}

TEST(UkeyTrouble, ALockedCardIsAskedOnceAndNeverAgain) {
  UkeyServer server(Identities::shared().sm2, "88888888", 1);
  server.behave(at_once());
  const auto key = open_ukey(server);
  auto wrong = tests::ukey_source(server);
  wrong.pin = base::Secret(std::string("12345678"));
  EXPECT_EQ(outcome(signing::ukey::open_ukey(wrong)), "key.pin");
  ASSERT_TRUE(server.locked());
  const int asked = server.counts().requests;
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.locked");
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.locked");
  EXPECT_EQ(outcome(key->check()), "key.locked");
  EXPECT_EQ(server.counts().requests, asked + 1);
}

TEST(UkeyTrouble, OtherRefusalsAreToldInTheClientsWordsAndPass) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  server.behave(refusing({"内存不足\x1B[31m 88888888", "Err:Base1"}));
  const auto value = key->sign(sm2, "text");
  ASSERT_EQ(outcome(value), "key.sign");
  EXPECT_NE(value.faults().front().zh.find("内存不足[31m ****; Err:Base1"), std::string::npos)
      << value.faults().front().zh;
  server.behave(at_once());
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
}

TEST(UkeyTrouble, AReaderThatNeedsAResetGetsItAndTheRequestPasses) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  server.break_reader(UkeyReader::needs_reset, 50200);
  const auto key = open_ukey(server);
  EXPECT_EQ(server.counts().resets, 1);
  server.break_reader(UkeyReader::needs_reset, 50070);
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
  EXPECT_EQ(server.counts().resets, 2);
}

TEST(UkeyTrouble, AReaderThatStaysBrokenIsTriedOnceMoreOnly) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  const int asked = server.counts().requests;
  server.break_reader(UkeyReader::gone);
  const auto value = key->sign(sm2, "text");
  ASSERT_EQ(outcome(value), "key.absent");
  EXPECT_NE(value.faults().front().en.find("plug it in again"), std::string::npos);
  EXPECT_EQ(server.counts().requests, asked + 2);
  EXPECT_EQ(outcome(key->check()), "key.absent");
  server.break_reader(UkeyReader::works);
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
}

TEST(UkeyTrouble, ASilentClientIsLeftInTimeAndMetAgainOverANewConnection) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server, short_time);
  server.behave(at_once(Answers::never));
  const auto begun = steady_clock::now();
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.silent");
  EXPECT_GE(steady_clock::now() - begun, short_time);
  EXPECT_EQ(outcome(key->check()), "key.silent");
  EXPECT_LT(steady_clock::now() - begun, 2 * short_time + 5s);
  server.behave(at_once());
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
  EXPECT_EQ(server.counts().connections, 3);
}

TEST(UkeyTrouble, AHangingRequestDoesNotHoldTheOthersForEver) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server, short_time);
  server.behave(at_once(Answers::never));
  const auto begun = steady_clock::now();
  EXPECT_EQ(signed_by_threads(*key, 4), std::vector<std::string>(4, "key.silent"));
  EXPECT_GE(steady_clock::now() - begun, 4 * short_time);
  EXPECT_LT(steady_clock::now() - begun, 4 * short_time + 5s);
}

TEST(UkeyTrouble, ALateAnswerIsNotTakenForAnothersEvenOverTheNewConnection) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server, 2s * tests::slowness);
  server.behave(at_once(Answers::held));
  EXPECT_EQ(outcome(key->sign(sm2, "late")), "key.silent");
  std::string got;
  std::thread caller([&] { got = sign_and_check(*key, "next"); });
  EXPECT_TRUE(eventually([&] { return server.counts().signatures == 3; }));
  server.release();  // "late" first, then "next"
  caller.join();
  EXPECT_EQ(got, "ok");
}

TEST(UkeyTrouble, ABrokenConnectionIsAbsenceAndComesAgain) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  server.behave(at_once(Answers::dropped));
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.absent");
  EXPECT_EQ(outcome(key->check()), "key.absent");
  server.behave(at_once());
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
}

TEST(UkeyTrouble, AClientThatIsNotThereIsAbsentUntilItIsStarted) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  server.stop();
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.absent");
  const auto again = signing::ukey::open_ukey(tests::ukey_source(server));
  ASSERT_EQ(outcome(again), "key.absent");
  EXPECT_NE(again.faults().front().en.find("refused"), std::string::npos);
  server.start();
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
}

TEST(UkeyTrouble, APortThatIsNoUkeyClientIsSilentOrAbsent) {
  const auto opened_at = [](const tests::RawServer& server) {
    return outcome(signing::ukey::open_ukey({.uri = "ukey+ws://127.0.0.1:" + std::to_string(server.port()),
                                             .pin = base::Secret(std::string("88888888")),
                                             .timeout = short_time}));
  };
  const tests::RawServer mute([](tests::RawSocket& peer) { peer.read_to_end(); });
  EXPECT_EQ(opened_at(mute), "key.silent");
  const tests::RawServer web([](tests::RawSocket& peer) {
    peer.read_until("\r\n\r\n");
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  EXPECT_EQ(opened_at(web), "key.absent");
}

TEST(UkeyTrouble, ARestartInTheMiddleOfARequestEndsItAtOnce) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server, 10min);
  server.behave(at_once(Answers::never));
  const int asked = server.counts().requests;
  std::string got;
  std::thread caller([&] { got = outcome(key->sign(sm2, "text")); });
  EXPECT_TRUE(eventually([&] { return server.counts().requests == asked + 1; }));
  server.stop();
  caller.join();
  EXPECT_EQ(got, "key.absent");
  server.behave(at_once());
  server.start();
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
}

TEST(UkeyTrouble, NoiseOfEveryKindIsDropped) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once(Answers::among_noise));
  const auto key = open_ukey(server);
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
  server.send_to_all("unsolicited");
  server.send_to_all(R"({"_id":3,"_method":"cus-sec_SpcSignDataAsPEM","_args":{"Result":true,"Data":["bm8=","1"]}})");
  EXPECT_EQ(sign_and_check(*key, "more"), "ok");
  EXPECT_EQ(server.counts().connections, 1);
}

TEST(UkeyTrouble, AnAnswerMayHoldAMebibyteAndNotAByteMore) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server);
  auto behaviour = at_once();
  behaviour.answer_bytes = std::size_t{1} << 20;
  server.behave(behaviour);
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
  ++behaviour.answer_bytes;
  server.behave(behaviour);
  EXPECT_EQ(outcome(key->sign(sm2, "text")), "key.absent");
  server.behave(at_once());
  EXPECT_EQ(sign_and_check(*key, "text"), "ok");
}

TEST(UkeyTrouble, ManyThreadsShareOneConnectionOneRequestAtATime) {
  UkeyServer server(Identities::shared().sm2);
  auto behaviour = at_once();
  behaviour.signature_time = 2ms;
  server.behave(behaviour);
  const auto key = open_ukey(server);
  EXPECT_EQ(signed_by_threads(*key, 8, 10), std::vector<std::string>(80, "ok"));
  const auto counts = server.counts();
  EXPECT_EQ(counts.connections, 1);
  EXPECT_EQ(counts.at_once, 1);
  EXPECT_EQ(std::adjacent_find(counts.ids.begin(), counts.ids.end(), std::greater_equal<>()), counts.ids.end());
}

// One request that the client keeps and as many behind it as may wait: known by the one that is refused.
class FullQueue {
 public:
  FullQueue(UkeyServer& server, const signing::Key& key) : server_(server) {
    server.behave(at_once(Answers::held));
    const int given = server.counts().signatures;
    callers_.emplace_back([&] { note(sign_and_check(key, "first")); });
    EXPECT_TRUE(eventually([&] { return server_.counts().signatures == given + 1; }));
    server.behave(at_once());
    for (int i = 0; i <= most_; ++i) {
      callers_.emplace_back([&, i] { note(sign_and_check(key, std::to_string(i))); });
    }
    EXPECT_TRUE(eventually([&] { return count("key.silent") == 1; }));
  }

  void join() {
    for (auto& caller : callers_) caller.join();
  }

  long count(const std::string& outcome) const {
    const std::scoped_lock lock(mutex_);
    return std::count(outcomes_.begin(), outcomes_.end(), outcome);
  }

 private:
  void note(const std::string& outcome) {
    const std::scoped_lock lock(mutex_);
    outcomes_.push_back(outcome);
  }

  static constexpr int most_ = 100;
  UkeyServer& server_;
  mutable std::mutex mutex_;
  std::vector<std::string> outcomes_;
  std::vector<std::thread> callers_;
};

TEST(UkeyTrouble, AHundredMayWaitAndNotOneMore) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  const auto key = open_ukey(server, 10min);
  FullQueue full(server, *key);
  server.release();
  full.join();
  EXPECT_EQ(full.count("ok"), 101);
}

TEST(UkeyTrouble, AKeyThatGoesEndsWhatWaits) {
  UkeyServer server(Identities::shared().sm2);
  server.behave(at_once());
  auto key = open_ukey(server, 10min);
  FullQueue full(server, *key);
  const auto begun = steady_clock::now();
  key.reset();
  full.join();
  EXPECT_LT(steady_clock::now() - begun, 5s * tests::slowness);
  EXPECT_EQ(full.count("key.absent"), 101);
}

}  // namespace

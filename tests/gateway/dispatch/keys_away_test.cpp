// What becomes of documents while keys are away, and of messages that a key refuses.
#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/dispatch/running_dispatch.h"
#include "tests/support/eventually.h"
#include "tests/support/ukey_server.h"

namespace {

using namespace std::chrono_literals;
using namespace testing;
using gateway::keys::Standing;
using gateway::ledger::DocumentRef;
using gateway::lifecycle::State;
using Answers = tests::UkeyBehaviour::Answers;

class KeysAway : public tests::RunningDispatch {
 protected:
  KeysAway() {
    behave({});
    const auto pin = bench.folder.path() / "pin";
    tests::write_file(pin, server.pin());
    std::filesystem::permissions(pin, std::filesystem::perms::owner_read);
    config::SigningKey key;
    key.uri = server.uri();
    key.pin = "file:" + pin.string();
    in_file = std::exchange(bench.settings.enterprises[0].keys, {key});
    bench.open_keys();
  }
  void behave(tests::UkeyBehaviour behaviour) {
    behaviour.signature_time = 0ms;
    server.behave(std::move(behaviour));
  }
  void add_enterprise_with_key_in_file() {
    auto second = bench.settings.enterprises[0];
    second.code = "4601960002";
    second.keys = in_file;
    bench.settings.enterprises.push_back(second);
    bench.open_keys();
  }
  void look_at_keys_later() {
    bench.clock.advance(1min);
    bench.keys->care();
    bench.keys->settle();
  }
  Standing standing() const { return bench.keys->report()[0].standing; }

  tests::UkeyServer server{bench.authority.issue_sm2("测试电商企业")};
  std::vector<config::SigningKey> in_file;
};

TEST_F(KeysAway, DocumentsStayAcceptedAndAreSealedWhenTheKeyIsBack) {
  server.stop();
  const std::vector<DocumentRef> orders{bench.accept_order("A1"), bench.accept_order("A2")};
  start();
  ASSERT_TRUE(bench.run_until([&] { return standing() == Standing::resting; }));
  for (const auto& order : orders) EXPECT_EQ(state(order), State::accepted);
  EXPECT_THAT(bench.channel->sent, IsEmpty());
  server.start();
  look_at_keys_later();
  for (const auto& order : orders) EXPECT_TRUE(becomes(order, State::sent));
  EXPECT_THAT(bench.channel->sent, SizeIs(2));
}

TEST_F(KeysAway, AnEnterpriseWithoutAKeyHoldsBackNoOtherOfItsPort) {
  add_enterprise_with_key_in_file();
  server.stop();
  constexpr int more_than_one_look_takes = 1001;
  std::vector<DocumentRef> waiting;
  for (int i = 0; i < more_than_one_look_takes; ++i) waiting.push_back(bench.accept_order("A" + std::to_string(i)));
  bench.clock.advance(1s);
  const auto other = bench.accept_order("B1", 1);
  start();
  EXPECT_TRUE(becomes(other, State::sent));
  EXPECT_EQ(state(waiting.front()), State::accepted);
  EXPECT_EQ(state(waiting.back()), State::accepted);
}

TEST_F(KeysAway, AMessageThatAGoodKeyRefusesIsHeldAlone) {
  bench.settings.ports[0].batch_limit = 2;
  const auto refused = bench.accept_order("A1"), fine = bench.accept_order("A2");
  bench.clock.advance(1s);
  // Both together, a proof, the one alone, a proof, the other.
  const int before = server.counts().requests;
  tests::UkeyBehaviour behaviour;
  behaviour.refusal = {"内容不能签名"};
  behaviour.refused = {before + 1, before + 3};
  behave(behaviour);
  start();
  EXPECT_TRUE(becomes(refused, State::held));
  EXPECT_TRUE(becomes(fine, State::sent));
  EXPECT_EQ(server.counts().requests, before + 5);
  EXPECT_THAT(bench.standing(refused).summary.picture.reason, HasSubstr("内容不能签名"));
  EXPECT_EQ(standing(), Standing::in_use);
}

TEST_F(KeysAway, StoppingWaitsNoLongerThanItsDeadlineForADeviceThatHangs) {
  const auto order = bench.accept_order("A1");
  const int before = server.counts().requests;
  behave({.answers = Answers::never});
  start();
  ASSERT_TRUE(bench.run_until([&] { return server.counts().requests > before; }));
  const auto begun = std::chrono::steady_clock::now();
  stop(200ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s * tests::slowness);
  EXPECT_EQ(state(order), State::accepted);
  server.stop();  // ends the call
}

TEST_F(KeysAway, AStopDoesNotWaitForTheNextLookAtAnEnterpriseWithoutAKey) {
  server.stop();
  bench.accept_order("A1");
  start();
  ASSERT_TRUE(bench.run_until([&] { return standing() == Standing::resting; }));
  const auto begun = std::chrono::steady_clock::now();
  bool stopped = false;
  boost::asio::co_spawn(bench.io, dispatch->stop(5s), [&](std::exception_ptr) { stopped = true; });
  ASSERT_TRUE(bench.run_until([&] { return stopped; }));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);
}

}  // namespace

// How fast a port is sent to, and what becomes of its messages while it does not answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codecs/hainan/envelope.h"
#include "gateway/dispatch/seal_lanes.h"
#include "tests/gateway/dispatch/played_port.h"
#include "tests/gateway/dispatch/running_dispatch.h"

namespace {

using namespace std::chrono_literals;
using namespace testing;
using gateway::channels::Outcome;
using gateway::dispatch::BreakerState;
using gateway::dispatch::PortReport;
using gateway::ledger::DocumentRef;
using gateway::lifecycle::State;
using tests::PlayedPort;

class Sending : public tests::RunningDispatch {
 protected:
  Sending() : port(play("hainan")) {}

  // The port of that name is played from now on.
  PlayedPort& play(const std::string& name) {
    auto played = std::make_unique<PlayedPort>();
    PlayedPort& its = *played;
    its.allowed = [this, name] { return bench.settings.port(name)->most_at_once; };
    bench.channels[name] = std::move(played);
    return its;
  }
  // Another enterprise; its number.
  std::size_t add_enterprise(const std::string& code, const std::string& at_port) {
    auto another = bench.settings.enterprises[0];
    another.code = code;
    another.port = at_port;
    bench.settings.enterprises.push_back(another);
    bench.open_keys();
    return bench.settings.enterprises.size() - 1;
  }
  PlayedPort& add_port(const std::string& name) {
    auto another = bench.settings.ports[0];
    another.name = name;
    bench.settings.ports.push_back(another);
    return play(name);
  }
  std::vector<DocumentRef> accept(const std::string& prefix, int number, std::size_t enterprise = 0) {
    std::vector<DocumentRef> accepted;
    for (int i = 0; i < number; ++i) accepted.push_back(bench.accept_order(prefix + std::to_string(i), enterprise));
    return accepted;
  }
  std::size_t count(const std::vector<DocumentRef>& orders, State wanted) {
    return static_cast<std::size_t>(
        std::ranges::count_if(orders, [&](const auto& order) { return state(order) == wanted; }));
  }
  bool all_become(const std::vector<DocumentRef>& orders, State wanted) {
    return bench.run_until([&] { return count(orders, wanted) == orders.size(); });
  }
  PortReport report(const std::string& name = "hainan") {
    const auto all = dispatch->report();
    return *std::ranges::find(all, name, &PortReport::port);
  }
  bool breaker_becomes(BreakerState wanted) {
    return bench.run_until([&] { return report().breaker == wanted && report().under_way == 0; });
  }
  void pass(std::chrono::milliseconds time) {
    bench.clock.advance(time);
    dispatch->wake();
  }
  // Everything that can happen now has happened.
  void settle() {
    dispatch->wake();
    bench.io.restart();
    bench.io.run_for(100ms);
  }
  // Which message brought the order of this number; as many as were sent, if none has.
  std::size_t place_of(const std::string& number) {
    const auto brings = [&](const std::string& envelope) {
      return codecs::hainan::read_envelope(envelope)->xml.find(">" + number + "<") != std::string::npos;
    };
    return static_cast<std::size_t>(std::ranges::find_if(port.sent, brings) - port.sent.begin());
  }

  PlayedPort& port;
};

TEST_F(Sending, GrowsByOneForEachRoundOfConfirmedAnswersUpToTheMostAndNoFurther) {
  bench.settings.ports[0].most_at_once = 10;
  port.holds = true;
  accept("A", 60);
  start();
  for (const std::size_t limit : {8U, 9U, 10U, 10U}) {
    ASSERT_TRUE(bench.run_until([&] { return port.under_way == limit; })) << port.under_way;
    settle();
    EXPECT_EQ(port.under_way, limit);
    EXPECT_EQ(report().limit, limit);
    EXPECT_EQ(report().under_way, limit);
    port.let_go();
    settle();
  }
  port.holds = false;
  port.let_go();
}

TEST_F(Sending, HalvesWhenDeliveriesFailAndBeginsFromThereWhenThePortAnswers) {
  port.answer = {Outcome::unreachable, "connection refused"};
  port.holds = true;
  const auto orders = accept("A", 20);
  start();
  ASSERT_TRUE(bench.run_until([&] { return port.under_way == 8; }));
  port.let_go();
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  EXPECT_EQ(report().limit, 4U);
  EXPECT_EQ(report().failures, 8U);
  port.answer = {Outcome::confirmed, "OK"};
  pass(1s);
  ASSERT_TRUE(bench.run_until([&] { return port.under_way == 1; }));
  settle();
  EXPECT_EQ(port.under_way, 1U) << "one probe alone";
  EXPECT_EQ(report().breaker, BreakerState::half_open);
  port.let_go();
  ASSERT_TRUE(bench.run_until([&] { return port.under_way == 4; }));
  port.holds = false;
  port.let_go();
  bench.clock.advance(1s);
  EXPECT_TRUE(all_become(orders, State::sent));
}

TEST_F(Sending, APortThatIsAwayIsLeftAloneWhileAnotherGoesOn) {
  PlayedPort& other = add_port("other");
  const std::size_t enterprise = add_enterprise("4601960002", "other");
  port.answer = {Outcome::unreachable, "connection refused"};
  const auto waiting = accept("A", 30), going = accept("B", 30, enterprise);
  start();
  EXPECT_TRUE(all_become(going, State::sent));
  EXPECT_EQ(other.sent.size(), 30U);
  EXPECT_EQ(report("other").breaker, BreakerState::closed);
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  ASSERT_TRUE(bench.run_until([&] { return count(waiting, State::accepted) == 0; }));
  settle();
  const std::size_t tried = port.sent.size();
  EXPECT_THAT(tried, AllOf(Ge(5U), Le(12U))) << "no more than were under way when the fifth failed";
  EXPECT_EQ(count(waiting, State::deferred), tried) << "no others were tried";
  EXPECT_EQ(count(waiting, State::sealed), waiting.size() - tried);
}

TEST_F(Sending, AnOutageIsOneProbeAtATimeAndALineAtEachEnd) {
  port.answer = {Outcome::unreachable, "connection refused"};
  const auto orders = accept("A", 30);
  internal::CaptureStderr();
  start();
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  std::size_t tried = port.sent.size();
  for (const auto pause : {1s, 2s, 4s, 8s}) {
    pass(pause);
    EXPECT_TRUE(bench.run_until([&] { return port.sent.size() == tried + 1; }));
    settle();
    EXPECT_EQ(port.sent.size(), ++tried);
  }
  port.answer_once = {Outcome::refused, "HTTP 400"};
  port.answer = {Outcome::confirmed, "OK"};
  pass(16s);
  ASSERT_TRUE(bench.run_until([&] { return report().breaker == BreakerState::closed; })) << "a refusal is an answer";
  pass(1s);
  EXPECT_TRUE(bench.run_until([&] { return count(orders, State::sent) == 29; }));
  EXPECT_EQ(count(orders, State::held), 1U);
  const std::string told = internal::GetCapturedStderr();
  EXPECT_EQ(std::ranges::count(told, '\n'), 4) << "the first failure, the trouble, the refusal, its end: " << told;
  EXPECT_THAT(told, HasSubstr("port hainan is in trouble, the latest: connection refused"));
  EXPECT_THAT(told, HasSubstr("port hainan answers again after 31 s; " + std::to_string(tried) + " deliveries failed"));
}

TEST_F(Sending, WhatWasPutOffFlowsAtOnceWhenThePortIsBack) {
  port.answer = {Outcome::unreachable, "connection refused"};
  const auto orders = accept("A", 5);
  start();
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  for (int i = 0; i < 30; ++i) {  // by now each is put off for minutes
    pass(1min);
    const auto tried = port.sent.size();
    ASSERT_TRUE(bench.run_until([&] { return port.sent.size() > tried && report().under_way == 0; }));
  }
  EXPECT_EQ(count(orders, State::deferred), 5U);
  port.answer = {Outcome::confirmed, "OK"};
  pass(1min);
  ASSERT_TRUE(breaker_becomes(BreakerState::closed));
  EXPECT_LT(count(orders, State::sent), 5U);
  pass(1s);
  EXPECT_TRUE(all_become(orders, State::sent));
}

TEST_F(Sending, WithoutAnythingDueThePortIsProbedWithWhatNeverLeft) {
  port.answer = {Outcome::unreachable, "connection refused"};
  accept("A", 5);
  start();
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  ASSERT_EQ(port.sent.size(), 5U);
  pass(1s);  // the first of them is due after 2.5 s
  EXPECT_TRUE(bench.run_until([&] { return port.sent.size() == 6; }));
}

TEST_F(Sending, AMessageWhoseAnswerWasLostIsNoProbeBeforeItsTime) {
  port.answer = {Outcome::unknown, "connection reset"};
  const auto orders = accept("A", 5);
  start();
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  pass(5s);
  settle();
  EXPECT_EQ(port.sent.size(), 5U);
  port.answer = {Outcome::confirmed, "OK"};
  pass(15s);
  EXPECT_TRUE(all_become(orders, State::sent));
}

TEST_F(Sending, TheTimeForTriesEndsThoughNothingIsSentToThePort) {
  port.answer = {Outcome::unreachable, "connection refused"};
  const auto orders = accept("A", 20);
  start();
  ASSERT_TRUE(breaker_becomes(BreakerState::open));
  ASSERT_TRUE(bench.run_until([&] { return count(orders, State::accepted) == 0; }));
  const std::size_t tried = port.sent.size();
  pass(24h * 5 + 1s);
  EXPECT_TRUE(all_become(orders, State::held)) << "those that were never tried as well";
  EXPECT_LE(port.sent.size(), tried + 1) << "held without another try; one may have been the probe";
}

TEST_F(Sending, ANewStartTriesAtOnceWhatWasPutOff) {
  port.answer = {Outcome::unreachable, "connection refused"};
  const auto orders = accept("A", 1);
  start();
  ASSERT_TRUE(all_become(orders, State::deferred));
  stop();
  port.answer = {Outcome::confirmed, "OK"};
  start();
  EXPECT_TRUE(all_become(orders, State::sent));
}

TEST_F(Sending, AnEnterpriseWithAFewDocumentsDoesNotWaitForOneWithMany) {
  bench.settings.ports[0].most_at_once = 1;
  const std::size_t other = add_enterprise("4601960002", "hainan");
  const auto many = accept("A", 120);
  bench.clock.advance(1s);
  const auto few = accept("B", 2, other);
  port.holds = true;
  start();
  ASSERT_TRUE(bench.run_until([&] { return count(many, State::accepted) + count(few, State::accepted) == 0; }));
  port.holds = false;
  port.let_go();
  EXPECT_TRUE(all_become(few, State::sent));
  EXPECT_LE(place_of("B1"), 4U);
}

TEST_F(Sending, AnEnterpriseThatHoldsEveryPlaceGivesThemUpUntilAnotherHasAsMany) {
  bench.settings.ports[0].most_at_once = 4;
  const std::size_t other = add_enterprise("4601960002", "hainan");
  port.holds = true;
  const auto many = accept("A", 12);
  start();
  ASSERT_TRUE(bench.run_until([&] { return port.under_way == 4 && count(many, State::accepted) == 0; }));
  const auto late = accept("B", 4, other);
  dispatch->wake();
  ASSERT_TRUE(bench.run_until([&] { return count(late, State::accepted) == 0; }));
  for (const std::size_t sent : {5U, 6U, 7U}) {
    port.let_go_first();
    ASSERT_TRUE(bench.run_until([&] { return port.sent.size() == sent; }));
  }
  EXPECT_THAT((std::vector{place_of("B0"), place_of("B1")}), UnorderedElementsAre(4U, 5U));
  EXPECT_THAT((std::vector{place_of("B2"), place_of("B3")}), Each(7U)) << "then the first has its turn again";
  port.holds = false;
  port.let_go();
}

TEST_F(Sending, AChannelThatDoesNotComeBackIsGivenUpAtTheDeadline) {
  bench.settings.ports[0].timeout = 50ms;
  bench.settings.ports[0].most_at_once = 1;
  port.allowed = [] { return std::size_t{2}; };  // the one that was given up is not ended
  port.holds = true;
  const auto orders = accept("A", 2);
  start();
  ASSERT_TRUE(bench.run_until([&] { return port.under_way == 1; }));
  port.holds = false;
  EXPECT_TRUE(bench.run_until([&] { return count(orders, State::sent) == 1; })) << "its place was not given away";
  EXPECT_EQ(count(orders, State::unconfirmed), 1U);
  port.let_go();
  settle();
  EXPECT_EQ(count(orders, State::unconfirmed), 1U) << "a late answer is not heard";
}

TEST_F(Sending, AMessageThatLingersIsLookedAtAgainWhenItsTimeEnds) {
  bench.settings.ports[0].batch_limit = 10;
  bench.settings.ports[0].linger = 700ms;
  accept("A", 1);
  const auto accepted_at = bench.clock.now();
  bench.clock.advance(300ms);
  const gateway::dispatch::Parts parts{
      bench.settings, *bench.sealer,
      *bench.ledger,  [this](const std::string&) -> gateway::offload::Pool& { return bench.work; },
      bench.store,    bench.clock,
      bench.channels};
  const auto lanes =
      std::make_shared<gateway::dispatch::SealLanes>(bench.io.get_executor(), parts, bench.settings.ports[0], [] {});
  std::optional<gateway::dispatch::Progress> progress;
  boost::asio::co_spawn(bench.io, lanes->open_due(),
                        [&](std::exception_ptr, gateway::dispatch::Progress made) { progress = made; });
  ASSERT_TRUE(bench.run_until([&] { return progress.has_value(); }));
  EXPECT_FALSE(progress->made);
  EXPECT_EQ(progress->again, accepted_at + 700ms);
}

}  // namespace

// What persons order of a port holds for what is sealed for it and sent to it.
#include "tests/gateway/dispatch/played_port.h"
#include "tests/gateway/dispatch/running_dispatch.h"

namespace {

using namespace std::chrono_literals;
using gateway::ledger::PortOrder;
using gateway::lifecycle::State;

class PortOrders : public tests::RunningDispatch {
 protected:
  PortOrders() {
    auto played = std::make_unique<tests::PlayedPort>();
    port = played.get();
    port->allowed = [this] { return most; };
    bench.channels["hainan"] = std::move(played);
  }
  void order(PortOrder what, std::int64_t most_at_once = 0) {
    bench.ledger->order_port({"hainan", what, most_at_once, "wang", "夜间维护", bench.clock.now()});
    if (dispatch) dispatch->heed_orders();
  }
  // Everything that can happen now has happened.
  void settle() {
    dispatch->wake();
    bench.io.restart();
    bench.io.run_for(100ms);
  }

  tests::PlayedPort* port = nullptr;
  std::size_t most = 32;
};

TEST_F(PortOrders, NothingIsSealedForAPausedPortOrSentToItUntilItIsResumed) {
  start();
  order(PortOrder::pause);
  settle();
  const auto waiting = bench.accept_order("A1");
  settle();
  EXPECT_EQ(state(waiting), State::accepted);
  EXPECT_TRUE(port->sent.empty());
  order(PortOrder::resume);
  EXPECT_TRUE(becomes(waiting, State::sent));
}

TEST_F(PortOrders, APortThatWasPausedBeforeTheStartGetsNothingAtTheStart) {
  order(PortOrder::pause);
  const auto waiting = bench.accept_order("A1");
  start();
  settle();
  EXPECT_EQ(state(waiting), State::accepted);
  order(PortOrder::resume);
  EXPECT_TRUE(becomes(waiting, State::sent));
}

TEST_F(PortOrders, WhatIsUnderWayWhenAPortIsPausedComesToItsEnd) {
  port->holds = true;
  start();
  const auto leaving = bench.accept_order("A1");
  ASSERT_TRUE(bench.run_until([&] { return port->under_way == 1; }));
  order(PortOrder::pause);
  settle();
  port->let_go();
  EXPECT_TRUE(becomes(leaving, State::sent));
}

TEST_F(PortOrders, NoMoreGoesAtTheSameTimeThanWasOrdered) {
  most = 2;
  port->holds = true;
  order(PortOrder::set_concurrency, 2);
  for (const char* number : {"A1", "A2", "A3", "A4"}) bench.accept_order(number);
  start();
  ASSERT_TRUE(bench.run_until([&] { return port->under_way == 2; }));
  settle();
  EXPECT_EQ(port->under_way, 2U);
  EXPECT_EQ(dispatch->report().front().limit, 2U);
  port->holds = false;
  port->let_go();
  EXPECT_TRUE(bench.run_until([&] { return port->sent.size() == 4; }));
}

}  // namespace

// A dispatch at work on a bench: stopped at the end of a test, within its deadline.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>
#include <memory>

#include "gateway/dispatch/dispatch.h"
#include "tests/gateway/support/bench.h"

namespace tests {

class RunningDispatch : public testing::Test {
 protected:
  void start() {
    dispatch = std::make_unique<gateway::dispatch::Dispatch>(
        bench.io.get_executor(),
        gateway::dispatch::Parts{bench.settings, *bench.sealer, *bench.ledger,
                                 [this](const std::string&) -> gateway::offload::Pool& { return bench.work; },
                                 bench.store, bench.clock, bench.channels});
    dispatch->start();
  }
  void stop(std::chrono::milliseconds deadline = std::chrono::seconds(5)) {
    bool stopped = false;
    boost::asio::co_spawn(bench.io, dispatch->stop(deadline), [&](std::exception_ptr) { stopped = true; });
    EXPECT_TRUE(bench.run_until([&] { return stopped; }));
  }
  void TearDown() override {
    if (dispatch) stop();
  }
  gateway::lifecycle::State state(const gateway::ledger::DocumentRef& ref) {
    return bench.standing(ref).summary.picture.state;
  }
  bool becomes(const gateway::ledger::DocumentRef& ref, gateway::lifecycle::State wanted) {
    return bench.run_until([&] { return state(ref) == wanted; });
  }

  Bench bench;
  std::unique_ptr<gateway::dispatch::Dispatch> dispatch;
};

}  // namespace tests

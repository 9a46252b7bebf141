// Carries out the orders for many documents that were started, on whichever gateway has the turn, one after the other,
// each at its pace; what was cut short goes on where it stood. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "gateway/pacing/loop.h"
#include "schemas/knowledge.h"

namespace gateway::operations {

struct RunParts {
  const config::Settings& settings;
  const schemas::Knowledge& knowledge;
  ledger::Ledger& ledger;
  offload::Pool& store;
  const base::Clock& clock;
  std::function<void()> on_moved;  // wakes dispatch; called on the I/O thread
};

class ReplayRuns : public std::enable_shared_from_this<ReplayRuns> {
 public:
  ReplayRuns(boost::asio::any_io_executor executor, RunParts parts);

  void start();
  void wake() { loop_.ring(); }  // an order was started; from the I/O thread only
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline) { return loop_.stop(deadline); }

 private:
  using Steady = std::chrono::steady_clock;

  // Gives how long to rest.
  boost::asio::awaitable<std::chrono::milliseconds> step();
  void earn(const ledger::Replay& replay);
  // Blocks; how many documents were done with. 0: the order has ended.
  std::int64_t carry_out_next(const ledger::Replay& replay) const;
  ledger::ReplayAct act_of(const ledger::Replay& replay, const ledger::ReplayDocument& document, base::Time now) const;

  RunParts parts_;
  pacing::Loop loop_;
  std::int64_t current_ = 0;  // the order that the allowance is for
  double allowance_ = 0;      // documents that may be moved now
  Steady::time_point earned_at_;
};

}  // namespace gateway::operations

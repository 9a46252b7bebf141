// Holds documents that were sent and have heard nothing within their time, so that a person looks; a later receipt
// still moves them. Of several gateways on one ledger one does it. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "gateway/pacing/loop.h"
#include "gateway/receipts/receipts.h"

namespace gateway::receipts {

class Silence : public std::enable_shared_from_this<Silence> {
 public:
  Silence(boost::asio::any_io_executor executor, const Parts& parts);

  void start();
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline) { return loop_.stop(deadline); }

 private:
  boost::asio::awaitable<std::chrono::milliseconds> hold_silent();
  boost::asio::awaitable<void> allow_for_set_clock(base::Time now, std::chrono::milliseconds lead);

  const Parts& parts_;
  pacing::Loop loop_;
  std::chrono::milliseconds lead_;  // of the clock over the steady one, when it was last looked
};

}  // namespace gateway::receipts

// Holds documents that were sent and have heard nothing within their time, so that a person looks; a later receipt
// still moves them. Of several gateways on one ledger one does it. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "gateway/receipts/receipts.h"

namespace gateway::receipts {

class Silence : public std::enable_shared_from_this<Silence> {
 public:
  Silence(boost::asio::any_io_executor executor, const Parts& parts);

  void start();
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> hold_silent();
  boost::asio::awaitable<void> allow_for_set_clock(base::Time now, std::chrono::milliseconds lead);

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  boost::asio::steady_timer timer_;
  std::chrono::milliseconds lead_;  // of the clock over the steady one, when it was last looked
  bool stopping_ = false;
  bool running_ = false;
};

}  // namespace gateway::receipts

// Applies what the sources have kept, one record after the other, so that no two of them work on the same record.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "gateway/receipts/receipts.h"

namespace gateway::receipts {

class Applier : public std::enable_shared_from_this<Applier> {
 public:
  Applier(boost::asio::any_io_executor executor, const Parts& parts);

  void start();  // with what an earlier run left fresh
  void ring();   // something was kept; from the I/O thread only
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> apply_all();

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  boost::asio::steady_timer bell_;
  bool rung_ = true;
  bool stopping_ = false;
  bool running_ = false;
};

}  // namespace gateway::receipts

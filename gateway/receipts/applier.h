// Applies what the sources have kept, one record after the other, so that no two of them work on the same record.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "gateway/pacing/loop.h"
#include "gateway/receipts/receipts.h"

namespace gateway::receipts {

class Applier : public std::enable_shared_from_this<Applier> {
 public:
  Applier(boost::asio::any_io_executor executor, const Parts& parts);

  void start();                  // with what an earlier run left fresh
  void ring() { loop_.ring(); }  // something was kept; from the I/O thread only
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline) { return loop_.stop(deadline); }

 private:
  boost::asio::awaitable<std::chrono::milliseconds> apply_all();

  const Parts& parts_;
  pacing::Loop loop_;
};

}  // namespace gateway::receipts

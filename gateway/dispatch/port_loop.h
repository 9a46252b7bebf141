// One port's loop: has its due documents sealed and sends its due messages, several at a time.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gateway/dispatch/dispatch.h"
#include "gateway/dispatch/outcomes.h"
#include "gateway/dispatch/seal_lanes.h"

namespace gateway::dispatch {

class PortLoop : public std::enable_shared_from_this<PortLoop> {
 public:
  PortLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port);

  void start();
  void wake();
  void stop();  // begins nothing any more
  boost::asio::awaitable<void> finished(std::chrono::steady_clock::time_point deadline);

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<Progress> round();
  boost::asio::awaitable<void> rest(std::chrono::milliseconds longest);  // until woken
  boost::asio::awaitable<void> pause(std::chrono::milliseconds length);

  boost::asio::awaitable<Progress> send_due();
  boost::asio::awaitable<void> send(ledger::DueMessage message);
  boost::asio::awaitable<void> deliver(ledger::DueMessage message);
  boost::asio::awaitable<void> finish(std::int64_t delivery, const channels::Answer& answer, const Attempt& attempt);

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  const config::Port& port_;
  channels::Channel& channel_;
  std::shared_ptr<SealLanes> lanes_;  // from start() on
  boost::asio::steady_timer bell_;
  bool rung_ = false;
  bool stopping_ = false;
  bool running_ = false;
  std::set<std::string> under_way_;  // guids of messages being delivered
};

}  // namespace gateway::dispatch

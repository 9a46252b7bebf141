// One port's loop: has its due documents sealed and its due messages sent, whenever it is woken or a time has come.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>

#include "gateway/dispatch/dispatch.h"
#include "gateway/dispatch/port_rule.h"
#include "gateway/dispatch/progress.h"
#include "gateway/dispatch/seal_lanes.h"
#include "gateway/dispatch/sender.h"
#include "gateway/pacing/loop.h"

namespace gateway::dispatch {

class PortLoop : public std::enable_shared_from_this<PortLoop> {
 public:
  PortLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port);

  void start();
  void wake() { loop_.ring(); }
  void obey(const PortRule& rule);  // from start() on
  PortReport report() const { return sender_->report(); }
  void stop();  // begins nothing any more
  boost::asio::awaitable<void> finished(std::chrono::steady_clock::time_point deadline);

 private:
  boost::asio::awaitable<std::chrono::milliseconds> round();
  boost::asio::awaitable<Progress> seal_and_send();

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  const config::Port& port_;
  std::shared_ptr<SealLanes> lanes_;  // from start() on, as is the sender
  std::shared_ptr<Sender> sender_;
  PortRule rule_;
  pacing::Loop loop_;
};

}  // namespace gateway::dispatch

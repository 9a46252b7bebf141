// One port's loop: has its due documents sealed and its due messages sent, whenever it is woken or a time has come.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>

#include "gateway/dispatch/dispatch.h"
#include "gateway/dispatch/progress.h"
#include "gateway/dispatch/seal_lanes.h"
#include "gateway/dispatch/sender.h"

namespace gateway::dispatch {

class PortLoop : public std::enable_shared_from_this<PortLoop> {
 public:
  PortLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port);

  void start();
  void wake();
  PortReport report() const { return sender_->report(); }
  void stop();  // begins nothing any more
  boost::asio::awaitable<void> finished(std::chrono::steady_clock::time_point deadline);

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<Progress> round();
  boost::asio::awaitable<void> rest(std::optional<base::Time> until);  // or until woken
  boost::asio::awaitable<void> pause(std::chrono::milliseconds length);

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  const config::Port& port_;
  std::shared_ptr<SealLanes> lanes_;  // from start() on, as is the sender
  std::shared_ptr<Sender> sender_;
  boost::asio::steady_timer bell_;
  bool rung_ = false;
  bool stopping_ = false;
  bool running_ = false;
};

}  // namespace gateway::dispatch

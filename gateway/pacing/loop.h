// Work that is done round after round, with a rest in between, until it is stopped. A round that throws is logged, and
// the loop goes on. On one thread, that of the executor; whoever owns a loop lives until it has ended, or until its
// executor runs no more.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <string>

namespace gateway::pacing {

class Loop {
 public:
  // Gives how long to rest afterwards; nothing: no rest. What it captures lives until the loop has ended.
  using Round = std::function<boost::asio::awaitable<std::chrono::milliseconds>()>;
  // After a round that has thrown.
  struct Trouble {
    std::string part, about;  // of the line in the log
    std::chrono::milliseconds rest;
  };

  Loop(boost::asio::any_io_executor executor, Trouble trouble);

  void start(Round round);
  void ring();  // ends the rest, or leaves the next one out; not that after trouble
  void stop();  // the round that goes on is the last one
  bool is_stopping() const { return is_stopping_; }
  bool is_running() const { return is_running_; }
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);  // and waits for its end

 private:
  boost::asio::awaitable<void> run(Round round);

  boost::asio::any_io_executor executor_;
  Trouble trouble_;
  boost::asio::steady_timer bell_;
  bool is_rung_ = false;
  bool is_stopping_ = false;
  bool is_running_ = false;
};

// Looks again and again, until it holds or the time is over.
boost::asio::awaitable<void> wait_until(std::function<bool()> holds, std::chrono::steady_clock::time_point deadline);

}  // namespace gateway::pacing

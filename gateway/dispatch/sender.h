// Sends one port's due messages, enterprises in turn, as many at a time as its pace allows and its breaker admits. What
// an outage put off is brought forward when the port answers again. Runs on the I/O thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/dispatch/breaker.h"
#include "gateway/dispatch/dispatch.h"
#include "gateway/dispatch/outcomes.h"
#include "gateway/dispatch/pace.h"
#include "gateway/dispatch/port_rule.h"
#include "gateway/dispatch/progress.h"

namespace gateway::dispatch {

class Sender : public std::enable_shared_from_this<Sender> {
 public:
  // on_ended: there is room for another.
  Sender(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port,
         std::function<void()> on_ended);

  boost::asio::awaitable<Progress> send_due();
  void obey(const PortRule& rule);
  void stop();  // begins nothing any more
  bool is_idle() const { return under_way_.empty(); }
  PortReport report() const;

 private:
  struct Turn {
    std::uint64_t number = 0;
    Breaker::Leave leave = Breaker::Leave::ordinary;
  };

  struct Flight {
    std::string enterprise;
    bool written = false;  // until its beginning is, the ledger tells of it as due
  };

  std::size_t not_yet_written() const;
  std::size_t under_way_of(const std::string& enterprise) const;
  std::size_t room(base::Time now) const;
  std::size_t begin_of(std::vector<ledger::DueMessage> due, base::Time now);
  boost::asio::awaitable<std::vector<ledger::DueMessage>> look(base::Time due_by, std::size_t most);
  boost::asio::awaitable<bool> end_those_over(base::Time now);
  boost::asio::awaitable<std::vector<ledger::DueMessage>> look_for_probe(base::Time now);
  boost::asio::awaitable<bool> bring_forward();
  void begin(ledger::DueMessage message);

  boost::asio::awaitable<void> send(ledger::DueMessage message, Turn turn);
  boost::asio::awaitable<void> deliver(ledger::DueMessage message, Turn turn);
  boost::asio::awaitable<void> finish(std::int64_t delivery, const channels::Answer& answer, const Attempt& attempt);
  boost::asio::awaitable<void> take_back(const std::string& guid);
  boost::asio::awaitable<void> keep_trying(std::function<void()> write);
  void hear(const std::string& guid, const channels::Answer& answer, Turn turn);
  void hear_failure(const std::string& guid, const channels::Answer& answer, Turn turn);
  boost::asio::awaitable<void> pause(std::chrono::milliseconds length);

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  const config::Port& port_;
  channels::Channel& channel_;
  std::function<void()> on_ended_;
  bool stopping_ = false;
  bool is_paused_ = false;
  Pace pace_;
  Breaker breaker_;
  std::uint64_t failures_ = 0;
  std::map<std::string, Flight> under_way_;  // by the message's guid
  std::string last_;                         // the enterprise that a message was last begun of
  std::deque<ledger::Ledger::Forward> forward_;
};

}  // namespace gateway::dispatch

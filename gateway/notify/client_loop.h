// The notices of one client: made from the feed, delivered several at a time, one document's in order. On a client that
// hears nothing only one attempt at a time is spent, with growing pauses. Runs on the I/O thread; outlived by what
// Parts refers to.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "gateway/http/client.h"
#include "gateway/notify/notify.h"
#include "gateway/pacing/loop.h"

namespace gateway::notify {

class ClientLoop : public std::enable_shared_from_this<ClientLoop> {
 public:
  ClientLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Client& client,
             const SigningSecret& secret);

  const std::string& client() const { return client_.name; }
  const Attempts& attempts() const { return attempts_; }
  void start();
  void wake();  // something has changed
  void stop() { loop_.stop(); }
  boost::asio::awaitable<void> finished(std::chrono::steady_clock::time_point deadline);

 private:
  using Moment = std::chrono::steady_clock::time_point;

  boost::asio::awaitable<std::chrono::milliseconds> round();
  boost::asio::awaitable<void> make_and_deliver();
  boost::asio::awaitable<bool> has_its_turn();
  boost::asio::awaitable<void> make_notices();
  boost::asio::awaitable<void> look_for_due();
  void begin_deliveries();
  boost::asio::awaitable<void> deliver(ledger::Notice notice);
  boost::asio::awaitable<void> write(const ledger::Notice& notice, const http::Exchange& exchange);
  void count(const http::Exchange& exchange, lifecycle::NoticeState to);
  bool is_in_trouble() const;

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  const config::Client& client_;
  const SigningSecret& secret_;
  std::vector<std::string> enterprises_;  // empty: all
  pacing::Loop loop_;
  std::deque<ledger::Notice> due_;
  std::set<std::int64_t> under_way_;  // numbers
  std::set<std::int64_t> ended_;      // likewise, since the last look began
  Attempts attempts_;
  std::optional<Moment> turn_taken_;  // nothing: it is not ours
  Moment made_at_{}, quiet_until_{};
  int failures_ = 0, pauses_ = 0;  // in a row
  bool has_more_to_make_ = false;
  bool ledger_fails_ = false;
  int unwritten_ = 0;  // attempts in a row that the ledger could not keep
  bool has_news_ = false;
};

}  // namespace gateway::notify

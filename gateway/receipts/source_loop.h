// One source of one port for one DXPID: fetch by window, keep, acknowledge, and let the applier know.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/pacing/loop.h"
#include "gateway/receipts/applier.h"
#include "gateway/receipts/receipts.h"
#include "gateway/receipts/windows.h"

namespace gateway::receipts {

class SourceLoop : public std::enable_shared_from_this<SourceLoop> {
 public:
  SourceLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port,
             const channels::Source& source, std::string dxp_id, Applier& applier);

  void start();
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline) { return loop_.stop(deadline); }

 private:
  boost::asio::awaitable<std::chrono::milliseconds> round();
  void hear(const std::string& trouble);  // of a round; empty: there was none
  std::chrono::milliseconds pause() const;
  boost::asio::awaitable<bool> ask();
  boost::asio::awaitable<bool> has_its_turn();
  boost::asio::awaitable<bool> has_something_to_tell();
  boost::asio::awaitable<base::Time> window();
  boost::asio::awaitable<void> end_catch_up();
  boost::asio::awaitable<void> keep(std::vector<channels::Received> received, base::Time since);
  std::size_t keep_what_is_new(std::vector<channels::Received> received, base::Time since);

  const Parts& parts_;
  const config::Port& port_;
  channels::Channel& channel_;
  ledger::WindowKey key_;
  channels::Supply supply_;
  std::string declaration_;  // the type that its records answer; empty: any
  base::Time started_;
  Applier& applier_;
  pacing::Loop loop_;
  Windows windows_;
  std::optional<base::Time> catch_up_;  // this round asks once more from here on
  bool has_something_to_tell_ = false;
  int failures_ = 0;  // in a row
};

}  // namespace gateway::receipts

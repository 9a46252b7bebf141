// Sees troubles begin and end, and keeps each once in the ledger, whatever number of gateways is on it: the one whose
// turn it is looks. A trouble begins when it was seen twice in a row. Each beginning and end is a line in the log. On
// the I/O thread, the ledger on `store`; what AlertParts refers to outlives its stop.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/offload/offload.h"
#include "gateway/operations/troubles.h"
#include "gateway/pacing/loop.h"

namespace gateway::operations {

struct AlertParts {
  const config::Settings& settings;
  ledger::Ledger& ledger;
  offload::Pool& store;
  const base::Clock& clock;
  std::function<std::vector<PortHealth>()> ports;
  std::function<std::vector<keys::KeyReport>()> keys;
};

class AlertWatch : public std::enable_shared_from_this<AlertWatch> {
 public:
  AlertWatch(boost::asio::any_io_executor executor, AlertParts parts);

  void start();
  void wake() { loop_.ring(); }
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline) { return loop_.stop(deadline); }

 private:
  using Subject = std::pair<ledger::AlertKind, std::string>;
  struct Outage {
    base::Time since;
    std::string what;
  };

  boost::asio::awaitable<std::chrono::milliseconds> look();
  // Block.
  void compare(Signs signs);
  void gather(Signs& signs, const std::vector<ledger::Alert>& open) const;
  void tell_of_outage(base::Time now);
  void begin_new(const std::vector<ledger::Alert>& found, const std::vector<ledger::Alert>& open);
  void end_those_over(const std::vector<ledger::Alert>& found, const std::vector<ledger::Alert>& open, base::Time now);
  void forget_old(base::Time now);

  AlertParts parts_;
  pacing::Loop loop_;
  std::set<Subject> seen_;        // the last time
  std::optional<Outage> outage_;  // of the ledger, which could not be told
  base::Time forgot_at_;
};

}  // namespace gateway::operations

// Seals and sends what is due, port by port: no port waits for another. Runs on the I/O thread, blocking work on the
// pools. A delivery is recorded as begun before its first byte leaves; what a gateway that is gone left begun is taken
// as unknown, at the start and then every few seconds.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/channels/channel.h"
#include "gateway/dispatch/breaker.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "gateway/pacing/loop.h"
#include "gateway/sealing/sealing.h"

namespace gateway::dispatch {

struct Parts {
  const config::Settings& settings;
  const sealing::Sealer& sealer;
  ledger::Ledger& ledger;
  std::function<offload::Pool&(const std::string& enterprise)> signing;  // where its messages are sealed
  offload::Pool& store;                                                  // the ledger
  const base::Clock& clock;
  const std::map<std::string, std::unique_ptr<channels::Channel>>& channels;  // by port
};

// How a port is being sent to.
struct PortReport {
  std::string port;
  std::size_t limit = 0;      // of deliveries at the same time, now
  std::size_t under_way = 0;  // such deliveries
  BreakerState breaker = BreakerState::closed;
  std::uint64_t failures = 0;  // deliveries unreachable or unknown, since the start
};

class PortLoop;

class Dispatch {
 public:
  Dispatch(boost::asio::any_io_executor executor, Parts parts);
  ~Dispatch();

  void start();
  std::vector<PortReport> report() const;  // from start() on, from the I/O thread only
  void wake();                             // something was accepted or released; from the I/O thread only
  void heed_orders();                      // somebody may have ordered something of a port; likewise
  // Begins no delivery any more; running ones may finish until the deadline.
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);

 private:
  void bring_back();  // blocks, as the next does
  void take_over_abandoned();
  boost::asio::awaitable<std::chrono::milliseconds> look_for_abandoned();
  boost::asio::awaitable<std::chrono::milliseconds> look_for_orders();
  void obey(const std::vector<ledger::PortOrders>& orders);

  boost::asio::any_io_executor executor_;
  Parts parts_;
  std::map<std::string, std::shared_ptr<PortLoop>> loops_;
  pacing::Loop looking_;  // for what others left
  pacing::Loop obeying_;  // what persons ordered of ports, on whichever gateway
};

}  // namespace gateway::dispatch

// Looks at inventories that wait for their order, payment and waybill: lets them go once customs has taken these, and
// holds them at their deadline. Woken by what is written; looks by itself every second. Runs on the I/O thread, the
// ledger on its pool; of several gateways on one ledger whoever comes first writes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "gateway/pacing/loop.h"
#include "gateway/sales/ledger_sales.h"
#include "schemas/catalog.h"

namespace gateway::sales {

struct Parts {
  const schemas::Catalog& catalog;
  ledger::Ledger& ledger;
  offload::Pool& store;  // the ledger
  const base::Clock& clock;
  std::function<void()> on_let_go;  // there is something to seal; called on the I/O thread
};

class Waiting : public std::enable_shared_from_this<Waiting> {
 public:
  static constexpr std::size_t most_at_once = 100;  // in one call of the ledger's pool

  Waiting(boost::asio::any_io_executor executor, Parts parts);

  void start();
  void wake() { loop_.ring(); }
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline) { return loop_.stop(deadline); }

 private:
  struct Looked {
    std::size_t all = 0, written = 0, let_go = 0;
  };

  boost::asio::awaitable<std::chrono::milliseconds> round();
  Looked look() const;  // blocks
  void look_at(const ledger::WaitingDocument& document, base::Time now, Looked& looked) const;

  Parts parts_;
  LedgerSales sales_;
  pacing::Loop loop_;
};

}  // namespace gateway::sales

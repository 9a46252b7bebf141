// Brings home what customs says: polls each source of each port, keeps the raw records before anything is made of them,
// and applies them to the documents they belong to. Runs on the I/O thread, the ledger on its pool. What cannot be read
// is kept as unreadable, what matches nothing yet as unmatched and tried again when a number is learnt. Documents that
// hear nothing within their time are held.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/channels/channel.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "gateway/sealing/sealing.h"
#include "schemas/catalog.h"
#include "schemas/knowledge.h"

namespace gateway::receipts {

struct Parts {
  const config::Settings& settings;
  const schemas::Catalog& catalog;
  const schemas::Knowledge& knowledge;
  const sealing::Sealer& sealer;
  ledger::Ledger& ledger;
  offload::Pool& store;
  const base::Clock& clock;
  const std::map<std::string, std::unique_ptr<channels::Channel>>& channels;  // by port
};

class Applier;
class Silence;
class SourceLoop;

class Receipts {
 public:
  Receipts(boost::asio::any_io_executor executor, Parts parts);
  ~Receipts();

  void start();
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);

 private:
  Parts parts_;
  std::shared_ptr<Applier> applier_;
  std::shared_ptr<Silence> silence_;
  std::vector<std::shared_ptr<SourceLoop>> loops_;
};

}  // namespace gateway::receipts

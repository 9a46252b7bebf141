// Moves settled documents that are old enough to compressed files, keeps these for their time, and brings documents
// back. Of several gateways on one ledger one does it. Runs on the I/O thread, files and ledger on the ledger's pool.
// Nothing is lost whatever fails: a document leaves the ledger once its file is safe.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/archive/directory.h"
#include "gateway/archive/restoring.h"
#include "gateway/archive/round.h"
#include "gateway/http/router.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "gateway/pacing/loop.h"

namespace gateway::archive {

inline constexpr std::chrono::seconds between_rounds{60};
inline constexpr std::chrono::milliseconds between_full_rounds{200};  // so that the ledger has room for others

struct Parts {
  const config::Settings& settings;  // with an archive
  ledger::Ledger& ledger;
  offload::Pool& store;
  const base::Clock& clock;
};

struct Report {
  std::uint64_t documents = 0, files = 0;  // archived now
  std::optional<base::Time> last_run;      // that went well
  bool is_failing = false;
};

class Archive {
 public:
  Archive(boost::asio::any_io_executor executor, Parts parts);

  void start();
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);
  void add_routes(http::Router& router) const;

  Report report() const;
  // On the ledger's pool. Why it is not back; nothing: it is.
  base::Done bring_back(const ledger::ArchivedDocument& document, const std::string& by,
                        const std::string& reason) const {
    return restoring_.bring_back(document, by, reason);
  }

 private:
  boost::asio::awaitable<std::chrono::milliseconds> keep_archiving();
  More round();
  void note(const std::string& trouble);
  std::chrono::milliseconds pause() const;

  Parts parts_;
  Directory directory_;
  Restoring restoring_;
  Round round_;
  pacing::Loop loop_;
  mutable std::mutex mutex_;
  Report report_;
};

}  // namespace gateway::archive

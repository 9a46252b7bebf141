// Tells clients of every change of their documents, by Standard Webhooks. Each client has a loop of its own, so that
// one that is away keeps nobody else waiting. Runs on the I/O thread, the ledger on its pool. Nothing that was not
// answered by 2xx counts as heard, so that after a crash a client may hear the same notice twice, under the same
// webhook-id.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/ledger/ledger.h"
#include "gateway/notify/signing_secret.h"
#include "gateway/offload/offload.h"
#include "gateway/pacing/loop.h"

namespace gateway::notify {

inline constexpr std::size_t most_under_way = 8;         // attempts at one client at the same time
inline constexpr std::size_t changes_at_a_time = 1'000;  // made into notices in one transaction
inline constexpr std::size_t pruned_at_a_time = 1'000;   // likewise deleted

inline constexpr std::chrono::seconds longest_attempt{10};

using Secrets = std::map<std::string, SigningSecret>;  // by client
// Faults settings.secret…, notify.secret; each with the client it is about.
base::Result<Secrets> read_secrets(const config::Settings& settings);

struct Parts {
  const config::Settings& settings;
  const Secrets& secrets;
  ledger::Ledger& ledger;
  offload::Pool& store;
  const base::Clock& clock;
  std::chrono::milliseconds attempt_may_take = longest_attempt;  // no longer than that
};

// Attempts since the start.
struct Attempts {
  std::string client;
  std::uint64_t heard = 0, failed = 0, given_up = 0;  // given_up: the last one of its notice
};

class ClientLoop;

class Notify {
 public:
  Notify(boost::asio::any_io_executor executor, Parts parts);
  ~Notify();

  // From here on changes are told: it blocks until the ledger knows whom to tell.
  void start();
  void wake();  // something has changed
  // No new attempts; those under way may end until the deadline.
  boost::asio::awaitable<void> stop(std::chrono::milliseconds deadline);
  std::vector<Attempts> attempts() const;

 private:
  boost::asio::awaitable<std::chrono::milliseconds> prune();
  void delete_old();  // blocks

  Parts parts_;
  std::vector<std::shared_ptr<ClientLoop>> loops_;
  pacing::Loop pruning_;
};

}  // namespace gateway::notify

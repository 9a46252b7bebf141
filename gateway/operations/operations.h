// The operator's API (hold, release, withdraw, replay, amend, for one document or many; what was received;
// notices) and what machines watch: /healthz, /readyz, /metrics. It never sends: it moves documents in the ledger, and
// dispatch does the rest. What Parts refers to outlives the server that holds the routes; the Operations itself need
// not. `ports` and `keys` are called on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/http/router.h"
#include "gateway/keys/report.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "schemas/catalog.h"
#include "schemas/knowledge.h"

namespace gateway::operations {

struct PortHealth {
  std::string name;
  bool reachable = false;
  std::string detail;
  std::string breaker = "closed";  // open, half_open: its messages wait until it answers
  std::size_t limit = 0;           // of deliveries at the same time, now
  std::size_t under_way = 0;       // such deliveries
  std::uint64_t failures = 0;      // deliveries without an answer, since the start
};

// Attempts to deliver notices to one client, since the start.
struct NoticeAttempts {
  std::string client;
  std::uint64_t heard = 0, failed = 0, given_up = 0;
};

struct ArchiveHealth {
  std::uint64_t documents = 0, files = 0;  // archived now
  std::optional<base::Time> last_run;      // that went well
  bool is_failing = false;
};

struct Parts {
  const config::Settings& settings;
  const schemas::Catalog& catalog;
  const schemas::Knowledge& knowledge;
  ledger::Ledger& ledger;
  offload::Pool& store;  // the ledger
  const base::Clock& clock;
  std::function<std::vector<PortHealth>()> ports;  // by the last exchange
  std::function<std::vector<keys::KeyReport>()> keys;
  std::function<std::uint64_t()> accepted_total;  // intake's count since the start
  std::function<void()> on_moved;                 // wakes the loops; called on the I/O thread
  std::function<void()> on_replay;                // wakes the runs of orders for many; likewise
  // Takes the body's document as the next version, with the reason; intake's.
  std::function<boost::asio::awaitable<http::Response>(http::Request, std::string)> amend;
  std::function<std::vector<NoticeAttempts>()> notice_attempts = nullptr;
  std::function<std::optional<ArchiveHealth>()> archive = nullptr;  // nothing: there is none
  std::function<void()> on_port_order = nullptr;                    // wakes dispatch to obey; on the I/O thread
};

class Actions;
class Replays;
class InboundPages;
class Watching;
class Unexplained;
class Notices;
class AuditPages;
class PortPages;
class KeyPages;
class OverviewPages;

class Operations {
 public:
  explicit Operations(Parts parts);
  void add_routes(http::Router& router) const;

 private:
  std::shared_ptr<const Actions> actions_;
  std::shared_ptr<const Replays> replays_;
  std::shared_ptr<const InboundPages> inbound_;
  std::shared_ptr<const Watching> watching_;
  std::shared_ptr<const Unexplained> unexplained_;
  std::shared_ptr<const Notices> notices_;
  std::shared_ptr<const AuditPages> audit_;
  std::shared_ptr<const PortPages> ports_;
  std::shared_ptr<const KeyPages> keys_;
  std::shared_ptr<OverviewPages> overview_;
};

}  // namespace gateway::operations

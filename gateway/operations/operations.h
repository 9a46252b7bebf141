// The operator's API (hold, release, withdraw, replay, notices) and what machines watch: /healthz, /readyz, /metrics.
// It never sends: it moves documents in the ledger, and dispatch does the rest. What Parts refers to outlives the
// server that holds the routes; the Operations itself need not. What Parts calls is called on the I/O thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
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
};

// Attempts to deliver notices to one client, since the start.
struct NoticeAttempts {
  std::string client;
  std::uint64_t heard = 0, failed = 0, given_up = 0;
};

struct Parts {
  const schemas::Catalog& catalog;
  const schemas::Knowledge& knowledge;
  ledger::Ledger& ledger;
  offload::Pool& store;  // the ledger
  const base::Clock& clock;
  std::function<std::vector<PortHealth>()> ports;  // by the last exchange
  std::function<std::vector<keys::KeyReport>()> keys;
  std::function<std::uint64_t()> accepted_total;  // intake's count since the start
  std::function<void()> on_moved;                 // wakes the loops; called on the I/O thread
  std::function<std::vector<NoticeAttempts>()> notice_attempts = nullptr;
};

class Actions;
class Watching;
class Unexplained;
class Notices;

class Operations {
 public:
  explicit Operations(Parts parts);
  void add_routes(http::Router& router) const;

 private:
  std::shared_ptr<const Actions> actions_;
  std::shared_ptr<const Watching> watching_;
  std::shared_ptr<const Unexplained> unexplained_;
  std::shared_ptr<const Notices> notices_;
};

}  // namespace gateway::operations

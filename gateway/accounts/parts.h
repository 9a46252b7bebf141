// What the accounts work with; all of it outlives the server that holds their routes.
#pragma once

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"

namespace gateway::accounts {

struct Parts {
  const config::Settings& settings;
  ledger::Ledger& ledger;
  offload::Pool& store;    // the ledger
  offload::Pool& hashing;  // passwords
  const base::Clock& clock;

  ledger::SessionTimes session_times() const { return {settings.console.idle_end, settings.console.session_end}; }
};

}  // namespace gateway::accounts

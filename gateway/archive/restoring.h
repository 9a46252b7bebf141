// Brings documents back from the archive, with everything the ledger knew of them. Blocks; safe from every thread.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "gateway/archive/directory.h"
#include "gateway/ledger/ledger.h"

namespace gateway::archive {

class Restoring {
 public:
  Restoring(const Directory& directory, ledger::Ledger& ledger, const base::Clock& clock)
      : directory_(directory), ledger_(ledger), clock_(clock) {}

  // Done also where somebody else has brought it back. What waits for it unmatched is matched anew.
  // Faults: archive.missing, archive.damaged, archive.index.
  base::Done bring_back(const ledger::ArchivedDocument& document, const std::string& by,
                        const std::string& reason) const;

 private:
  const Directory& directory_;
  ledger::Ledger& ledger_;
  const base::Clock& clock_;
};

}  // namespace gateway::archive

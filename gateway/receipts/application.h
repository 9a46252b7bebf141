// Kept raw records -> moves of documents: open, find the document, fold, write. Blocking; one thread at a time is
// enough, several do no harm (compare-and-set).
#pragma once

#include <cstddef>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/ledger/ledger.h"
#include "gateway/sealing/sealing.h"
#include "schemas/catalog.h"
#include "schemas/knowledge.h"

namespace gateway::receipts {

struct Tools {
  const config::Settings& settings;
  const schemas::Catalog& catalog;
  const schemas::Knowledge& knowledge;
  const sealing::Sealer& sealer;
  ledger::Ledger& ledger;
  const base::Clock& clock;
};

// Applies up to `most` fresh records; gives how many were looked at.
std::size_t apply_fresh(const Tools& tools, std::size_t most);

}  // namespace gateway::receipts

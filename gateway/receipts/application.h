// Kept raw records -> moves of documents: open, find the documents, fold, write. Blocking; one thread at a time is
// enough, several do no harm (compare-and-set). Many records are written in one transaction of the ledger.
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

// Whether there is more to apply at once: the next fresh records, or those that a learnt number makes fresh again. A
// record that cannot be applied because its document keeps moving stays fresh, and is none of these.
enum class Rest { none, more };
// Looks at up to `most` fresh records.
Rest apply_fresh(const Tools& tools, std::size_t most);

}  // namespace gateway::receipts

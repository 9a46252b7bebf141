// Which document a receipt belongs to: by a guid of ours that it repeats, by a number learnt earlier, by business key.
// Reads the ledger, writes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/ledger.h"
#include "gateway/sealing/sealing.h"
#include "schemas/catalog.h"

namespace gateway::receipts {

enum class Found {
  document,
  nothing,    // yet: tried again when a number is learnt
  several,    // more than one document fits
  elsewhere,  // another system's document on the same DXPID
};

struct Match {
  Found found = Found::nothing;
  ledger::DocumentRef ref;
  std::string reason;                        // where nothing or several
  std::optional<ledger::Standing> standing;  // of the document, as it was found
};

// type: of the declaration that the receipt or notice is about.
Match match(ledger::Ledger& ledger, const schemas::MessageType& type, const sealing::Opened& receipt);

// The numbers a receipt can teach (preNo, invtNo, customsGuid, sumNo), or a notice names its document by.
std::vector<ledger::Number> numbers_of(const sealing::Opened& receipt);

// Why a receipt of a document that is in the archive waits.
std::string archived_reason(const ledger::ArchivedDocument& archived);

}  // namespace gateway::receipts

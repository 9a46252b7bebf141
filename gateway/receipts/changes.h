// What a receipt, a notice or the refusal of a whole message changes of one document, as the ledger is to write it.
// lifecycle decides, this asks it. Reads the ledger, writes nothing.
#pragma once

#include <cstddef>
#include <string>

#include "gateway/ledger/ledger.h"
#include "gateway/receipts/application.h"
#include "gateway/sealing/sealing.h"

namespace gateway::receipts {

// How it came.
struct Came {
  std::string digest, part;  // the record, and which of the things it says; empty: the only one
  base::Time received_at, now;
};

ledger::Ledger::Applied receipt_change(const Tools& tools, const sealing::Opened& receipt, const Came& came,
                                       const ledger::Standing& standing);
ledger::Ledger::Applied notice_change(const Tools& tools, const sealing::Opened& notice, const Came& came,
                                      const ledger::Standing& standing);
// The data exchange platform itself failed: the message goes again as it is.
ledger::Ledger::Applied not_passed_on_change(const Tools& tools, const sealing::Opened& reply, const Came& came,
                                             const ledger::Standing& standing);
// documents: that went in the message.
ledger::Ledger::Applied refusal_change(const Tools& tools, const sealing::Opened& refusal, const Came& came,
                                       const ledger::Standing& standing, std::size_t documents);

}  // namespace gateway::receipts

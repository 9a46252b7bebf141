// Opens a ledger of any kind by its address: sqlite:PATH for one gateway, postgresql://… for several.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "gateway/ledger/ledger.h"

namespace gateway::ledger::kinds {

// takeover_after: of several gateways one that is silent for so long is taken for dead.
// Throws LedgerError: damaged, newer than this program, open elsewhere, away, unknown kind; the text says what to do
// and never repeats a password.
std::unique_ptr<Ledger> open_ledger(const std::string& url,
                                    std::chrono::milliseconds takeover_after = std::chrono::seconds(20));

// For a program that does a short work on accounts while gateways may run on the ledger. Likewise throws.
std::unique_ptr<Ledger> open_beside_gateways(const std::string& url);

}  // namespace gateway::ledger::kinds

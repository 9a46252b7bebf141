// Opens a ledger of any kind by its address: sqlite:PATH for one gateway, postgresql://… for several.
#pragma once

#include <memory>
#include <string>

#include "gateway/ledger/ledger.h"

namespace gateway::ledger::kinds {

// Throws LedgerError: damaged, newer than this program, open elsewhere, away, unknown kind; the text says what to do
// and never repeats a password.
std::unique_ptr<Ledger> open_ledger(const std::string& url);

}  // namespace gateway::ledger::kinds

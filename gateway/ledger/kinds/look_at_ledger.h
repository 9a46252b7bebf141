// What can be said of a ledger of any kind without opening it for work: nothing in it changes, and a gateway that works
// with it is not disturbed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "gateway/ledger/ledger_error.h"

namespace gateway::ledger::kinds {

struct LedgerView {
  std::optional<std::filesystem::path> file;  // where it is one
  std::optional<std::int64_t> version;        // nothing: the first start makes it
  std::int64_t newest = 0;                    // version that this program brings it to
};

// Throws LedgerError as open_ledger() does: damaged, newer than this program, away, a folder that cannot be written.
LedgerView look_at_ledger(const std::string& url);

}  // namespace gateway::ledger::kinds

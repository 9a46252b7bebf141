// A failure of the store itself (disk full, damaged file, database away), in words that say what to do. Nothing half
// done stays.
#pragma once

#include <stdexcept>

namespace gateway::ledger {

class LedgerError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gateway::ledger

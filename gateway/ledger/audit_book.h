// The record of what persons did. Nobody changes it or takes anything out; each act is chained to the one before it, so
// that it shows if somebody did. What a book carries out for a person it writes here in the same transaction.
#pragma once

#include <cstdint>

#include "gateway/ledger/audit_records.h"

namespace gateway::ledger {

class AuditBook {
 public:
  virtual ~AuditBook() = default;

  // For what no other book carries out. Gives its number.
  virtual std::int64_t write_act(const Act& act) = 0;
  virtual ActPage acts(const ActQuery& query) = 0;
  // Of the whole record, as it is at one moment; reads all of it.
  static constexpr std::size_t most_breaks_told = 100;
  virtual ActFindings verify_acts() = 0;
};

}  // namespace gateway::ledger

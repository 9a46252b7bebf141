// What was received from ports, for those who look after what matches nothing or cannot be read.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class InboundBook {
 public:
  virtual ~InboundBook() = default;

  virtual std::vector<InboundRow> inbound(const InboundQuery& query) = 0;  // newest first
  virtual std::optional<InboundRow> inbound_record(const std::string& digest) = 0;
  // Unmatched, unreadable or foreign -> fresh, of what the query finds, the newest first; gives how many. The act is
  // kept with each.
  virtual std::size_t match_again(const InboundQuery& query, const InboundAct& act) = 0;
  // Likewise for one; false: it is applied, or fresh already, or not there.
  virtual bool match_again(const std::string& digest, const InboundAct& act) = 0;
};

}  // namespace gateway::ledger

#include "gateway/ledger/chain.h"

#include <array>

#include "base/digest.h"

namespace gateway::ledger {

namespace {

// With its length in front, no two different entries give the same bytes.
void append(std::string& bytes, std::string_view field) {
  bytes.append(std::to_string(field.size())).append(":").append(field).append(",");
}

}  // namespace

std::string link(std::string_view previous, std::string_view guid, const MoveRow& entry) {
  const std::string at = std::to_string(entry.at.time_since_epoch().count());
  const std::array<std::string_view, 11> fields{"cebgate-chain-1", previous,       guid,          at,
                                                word(entry.from),  word(entry.to), entry.stage,   entry.outcome,
                                                entry.reason,      entry.by,       entry.evidence};
  std::string bytes;
  for (const std::string_view field : fields) append(bytes, field);
  return base::sm3(bytes);
}

}  // namespace gateway::ledger

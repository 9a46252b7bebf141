// The chain of acts: each one's digest is SM3 over the digest before it and all that the act says. Pure;
// docs/formats/audit.md.
#pragma once

#include <string>
#include <string_view>

#include "gateway/ledger/audit_records.h"

namespace gateway::ledger {

// 32 bytes. `previous`: 32 bytes, or empty before the first.
std::string link(std::string_view previous, const Act& act);

// Goes along the acts in the order of their numbers. Each is held against the digest kept of the one before it, so that
// one that was changed is one break.
class ActWalk {
 public:
  void take(const Act& act);
  ActFindings end(const ActsHead& head) const;

 private:
  void found(const ActBreak& at);

  std::string previous_;
  std::int64_t last_ = 0;
  base::Time last_at_;
  ActFindings findings_;
};

}  // namespace gateway::ledger

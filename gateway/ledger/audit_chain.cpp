#include "gateway/ledger/audit_chain.h"

#include <array>

#include "gateway/ledger/audit_book.h"
#include "gateway/ledger/chain.h"

namespace gateway::ledger {

std::string link(std::string_view previous, const Act& act) {
  const std::string number = std::to_string(act.number);
  const std::string at = std::to_string(act.at.time_since_epoch().count());
  return digest_of(std::array<std::string_view, 9>{"cebgate-audit-1", previous, number, at, act.by, word(act.kind),
                                                   act.subject, act.enterprise, act.reason});
}

void ActWalk::take(const Act& act) {
  if (act.digest != link(previous_, act)) found({act.number, act.at});
  previous_ = act.digest;
  last_ = act.number;
  last_at_ = act.at;
  ++findings_.acts;
}

ActFindings ActWalk::end(const ActsHead& head) const {
  ActWalk walked = *this;
  if (head.acts != last_ || head.digest != previous_) walked.found({head.acts, last_at_});
  return walked.findings_;
}

void ActWalk::found(const ActBreak& at) {
  if (findings_.breaks.size() < AuditBook::most_breaks_told) findings_.breaks.push_back(at);
}

}  // namespace gateway::ledger

#include "gateway/casework/visible.h"

#include <utility>

namespace gateway::casework {

std::optional<ledger::Summary> visible(ledger::Ledger& ledger, const http::Caller& caller, const std::string& id) {
  const auto newest = ledger.newest_by_id(id);
  if (!newest || !caller.may(newest->summary.enterprise)) return std::nullopt;
  return newest->summary;
}

ledger::Act act_of(const http::Caller& caller, ledger::ActKind kind, const ledger::Summary& document,
                   std::string reason, base::Time now) {
  ledger::Act act;
  act.at = now;
  act.by = caller.name;
  act.kind = kind;
  act.subject = "documents/" + document.id;
  act.enterprise = document.enterprise;
  act.reason = std::move(reason);
  return act;
}

}  // namespace gateway::casework

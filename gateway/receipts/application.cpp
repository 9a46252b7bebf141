#include "gateway/receipts/application.h"

#include "gateway/receipts/round.h"

namespace gateway::receipts {

Rest apply_fresh(const Tools& tools, std::size_t most) {
  const auto records = tools.ledger.fresh_inbound(most);
  if (records.empty()) return Rest::none;
  Round round(tools, records);
  round.run();
  const bool has_made_others_fresh = round.has_learnt() && tools.ledger.retry_unmatched() > 0;
  const bool may_be_more = records.size() == most && round.finished() > 0;
  return has_made_others_fresh || may_be_more ? Rest::more : Rest::none;
}

}  // namespace gateway::receipts

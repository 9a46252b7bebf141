#include "gateway/dispatch/lapse.h"

#include "gateway/lifecycle/retry.h"

namespace gateway::dispatch {

using lifecycle::Event;

namespace {

bool hold(ledger::Ledger& ledger, const ledger::DocumentRef& ref, base::Time now) {
  const auto standing = ledger.standing(ref);
  if (!standing || !lifecycle::is_waiting(standing->summary.picture.state)) return false;
  const auto to = lifecycle::next(standing->summary.picture.state, Event::spent);
  if (!to) return false;
  ledger::Move move{.ref = ref,
                    .revision = standing->revision,
                    .from = standing->summary.picture.state,
                    .to = standing->summary.picture,
                    .due = std::nullopt,
                    .by = "dispatch"};
  move.to.state = *to;
  move.to.reason = "重发期限已过，口岸一直不可达 | the time for tries is over, the port was away all along";
  return ledger.move(move, now);
}

}  // namespace

bool lapse(ledger::Ledger& ledger, const ledger::DueMessage& message, base::Time now) {
  if (!lifecycle::tries_are_over(message.tried_since, now)) return false;
  bool held = false;
  for (const auto& [ref, state] : message.documents) held = hold(ledger, ref, now) || held;
  return held;
}

}  // namespace gateway::dispatch

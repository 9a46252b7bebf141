#include "gateway/operations/decisions.h"

#include <algorithm>

namespace gateway::operations {
namespace {

using ledger::DeliveryOutcome;
using lifecycle::State;

schemas::Declared declared_of(const ledger::Standing& standing) {
  return {standing.summary.type, standing.app_type, standing.app_status};
}

bool is_decided(const schemas::Knowledge& knowledge, const ledger::Standing& standing) {
  if (standing.summary.picture.state != State::held) return false;
  const schemas::Declared declared = declared_of(standing);
  return std::ranges::any_of(standing.receipts, [&](const lifecycle::ReceiptFact& fact) {
    return knowledge.catalog().answer(declared, fact.status).effect == schemas::Effect::hold;
  });
}

// E-Port judges the signature before anything else, and stores nothing of a message whose signature it refuses.
bool is_signature_refusal(const schemas::Knowledge& knowledge, const schemas::Declared& declared,
                          const lifecycle::ReceiptFact& fact) {
  if (knowledge.catalog().answer(declared, fact.status).effect != schemas::Effect::refuse) return false;
  using schemas::Remedy;
  const Remedy remedy = knowledge.explain(declared, fact.status, fact.info).remedy;
  return remedy == Remedy::sign_again || remedy == Remedy::certificate_or_card;
}

Arrival arrival_of(const schemas::Knowledge& knowledge, const ledger::Bearings& bearings) {
  const ledger::Standing& standing = bearings.standing;
  const schemas::Declared declared = declared_of(standing);
  const bool refused_for_signature =
      !standing.receipts.empty() && std::ranges::all_of(standing.receipts, [&](const lifecycle::ReceiptFact& fact) {
        return is_signature_refusal(knowledge, declared, fact);
      });
  const bool may_have_left = std::ranges::any_of(bearings.deliveries, [](DeliveryOutcome outcome) {
    return outcome != DeliveryOutcome::unreachable && outcome != DeliveryOutcome::refused;
  });
  // Of a message that was refused for its signature and sealed anew the receipts stay: they say nothing of the new one.
  if (refused_for_signature && standing.summary.picture.state == State::refused) return Arrival::signature_refused;
  if (may_have_left || standing.sent_elsewhere) return Arrival::possible;
  return standing.receipts.empty() || refused_for_signature ? Arrival::none : Arrival::possible;
}

// A document that leaves a message not yet sent takes the message apart, or its bytes would go with the others.
ledger::Leaving leaving_of(const Subject& subject, const Order& order) {
  if (order.mode == Mode::sealed_again) return ledger::Leaving::seals_again;
  const State state = subject.picture.state;
  const bool ends = order.action == Action::hold || order.action == Action::withdraw;
  const bool takes_apart = subject.has_bytes && ends && (state == State::sealed || state == State::deferred);
  return takes_apart ? ledger::Leaving::takes_apart : ledger::Leaving::stays;
}

// What waits is due at once; what is sent is held once it falls silent.
std::optional<base::Time> due_of(const ledger::Standing& standing, State to, const Circumstances& circumstances) {
  if (lifecycle::is_waiting(to)) return circumstances.now;
  const config::Port* port = circumstances.settings.port(standing.summary.port);
  if (to != State::sent || port == nullptr) return std::nullopt;
  return circumstances.now +
         (standing.receipts.empty() ? port->receipt_within_for(standing.summary.type) : port->final_receipt_within);
}

}  // namespace

Subject subject_of(const schemas::Knowledge& knowledge, const ledger::Bearings& bearings) {
  Subject subject;
  subject.picture = bearings.standing.summary.picture;
  subject.has_bytes = bearings.has_bytes;
  subject.sent_elsewhere = bearings.standing.sent_elsewhere;
  subject.arrival = arrival_of(knowledge, bearings);
  const auto& deliveries = bearings.deliveries;
  subject.is_confirmed = std::ranges::find(deliveries, DeliveryOutcome::confirmed) != deliveries.end();
  subject.is_refused_by_port = !deliveries.empty() && deliveries.back() == DeliveryOutcome::refused;
  subject.is_decided_by_customs = is_decided(knowledge, bearings.standing);
  subject.others_await_answer = bearings.others_await_answer;
  subject.others_withdrawn = bearings.others_withdrawn;
  return subject;
}

std::optional<ledger::Departure> departure_of(const Subject& subject, const ledger::Bearings& bearings,
                                              const Order& order, const Circumstances& circumstances) {
  const auto to = target(subject, order);
  if (!to) return std::nullopt;
  const ledger::Standing& standing = bearings.standing;
  ledger::Departure departure;
  ledger::Move& move = departure.move;
  move.ref = {standing.summary.id, standing.summary.version};
  move.revision = standing.revision;
  move.from = standing.summary.picture.state;
  move.to = standing.summary.picture;
  move.to.state = *to;
  move.to.reason = order.reason;
  // What customs said of the bytes before no longer stands.
  if (order.mode == Mode::sealed_again) move.to.outcome.clear();
  move.due = due_of(standing, *to, circumstances);
  move.by = circumstances.by;
  departure.leaving = leaving_of(subject, order);
  departure.deliveries_begun = standing.deliveries_begun;
  return departure;
}

}  // namespace gateway::operations

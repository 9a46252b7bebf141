#include "gateway/operations/actions.h"

#include <algorithm>
#include <utility>

#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"

namespace gateway::operations {
namespace {

using lifecycle::State;

constexpr int most_attempts = 5;

http::Response conflict(const Subject& subject, Action action) {
  return http::Response::problem(409, "not allowed in this state", {not_allowed(subject, action)});
}

http::Response moved_on() {
  return http::Response::problem(
      409, "changed meanwhile",
      {views::fault(
          "action.moved_on", "/action", "单证同时发生了变化（例如正在发送），请查看后重试。",
          "The document changes at the same time (it may be on its way right now); look at it and try again.")});
}

bool may_have_arrived(const ledger::WholeDocument& whole) {
  return std::any_of(whole.deliveries.begin(), whole.deliveries.end(), [](const ledger::DeliveryRow& delivery) {
    using ledger::DeliveryOutcome;
    return delivery.outcome != DeliveryOutcome::unreachable && delivery.outcome != DeliveryOutcome::refused;
  });
}

// A document that leaves a message not yet sent takes the message apart, or its bytes would go with the others.
bool leaves_its_message(const Subject& subject, Action action) {
  const State state = subject.picture.state;
  return subject.has_bytes && (state == State::sealed || state == State::deferred) &&
         (action == Action::hold || action == Action::withdraw);
}

ledger::Move move_of(const ledger::Standing& standing, State target, const Order& order, const std::string& by,
                     base::Time now) {
  ledger::Move move;
  move.ref = {standing.summary.id, standing.summary.version};
  move.revision = standing.revision;
  move.from = standing.summary.picture.state;
  move.to = standing.summary.picture;
  move.to.state = target;
  move.to.reason = order.reason;
  if (lifecycle::is_waiting(target)) move.due = now;
  move.by = by;
  return move;
}

}  // namespace

boost::asio::awaitable<http::Response> Actions::act(http::Request request) const {
  const auto order = read_order(request.body);
  if (!order) {
    const bool is_unreadable = order.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the action cannot be carried out", order.faults());
  }
  const auto carry = [&] { return carry_out(*request.caller, request.places["id"], *order); };
  http::Response response = co_await parts_.store.run(carry);
  if (response.status == 200 && parts_.on_moved) parts_.on_moved();
  co_return response;
}

http::Response Actions::carry_out(const http::Caller& caller, const std::string& id, const Order& order) const {
  for (int tries = 0; tries < most_attempts; ++tries) {
    const auto standing = parts_.ledger.newest_by_id(id);
    if (!standing || !caller.may(standing->summary.enterprise)) return views::unknown_document();
    const auto whole = parts_.ledger.document(id, standing->summary.version);
    if (!whole) continue;
    Subject subject;
    subject.picture = standing->summary.picture;
    subject.has_bytes = parts_.ledger.message_of(id, standing->summary.version).has_value();
    subject.may_have_arrived = may_have_arrived(*whole);
    subject.is_decided_by_customs = is_decided_by_customs(*standing);
    const auto state = target(subject, order.action);
    if (!state) return conflict(subject, order.action);
    const base::Time now = parts_.clock.now();
    const ledger::Move move = move_of(*standing, *state, order, caller.name, now);
    const bool apart = leaves_its_message(subject, order.action);
    if (!(apart ? parts_.ledger.unseal(move, now) : parts_.ledger.move(move, now))) continue;
    const auto moved = parts_.ledger.document(id, standing->summary.version);
    return moved ? views::json_answer(200, views::whole_document(parts_.knowledge, *moved)) : views::unknown_document();
  }
  return moved_on();
}

bool Actions::is_decided_by_customs(const ledger::Standing& standing) const {
  if (standing.summary.picture.state != State::held) return false;
  const schemas::Declared declared{standing.summary.type, standing.app_type, standing.app_status};
  return std::any_of(standing.receipts.begin(), standing.receipts.end(), [&](const lifecycle::ReceiptFact& fact) {
    return parts_.catalog.answer(declared, fact.status).effect == schemas::Effect::hold;
  });
}

}  // namespace gateway::operations

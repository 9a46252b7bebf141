#include "gateway/lifecycle/receipts.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "gateway/lifecycle/whole_message.h"

namespace gateway::lifecycle {

namespace {

using schemas::Effect;
using Facts = std::vector<const ReceiptFact*>;

// By returnTime, then arrival. A repeated receipt counts as of its first arrival, so that repeating changes nothing.
Facts in_order(std::span<const ReceiptFact> receipts) {
  Facts facts;
  for (const ReceiptFact& receipt : receipts) facts.push_back(&receipt);
  const auto sent_as = [](const ReceiptFact* fact) { return std::tie(fact->returned_at, fact->status, fact->info); };
  const auto arrived_as = [](const ReceiptFact* fact) {
    return std::tie(fact->returned_at, fact->status, fact->info, fact->arrival);
  };
  std::ranges::sort(facts, {}, arrived_as);
  const auto repeats = [&](const ReceiptFact* a, const ReceiptFact* b) { return sent_as(a) == sent_as(b); };
  facts.erase(std::unique(facts.begin(), facts.end(), repeats), facts.end());
  const auto happened_as = [](const ReceiptFact* fact) { return std::tie(fact->returned_at, fact->arrival); };
  std::ranges::stable_sort(facts, {}, happened_as);
  return facts;
}

// A negative code of E-Port's, or the refusal of the whole message: nothing of it was stored.
bool is_negative(const ReceiptFact* fact) { return fact->status.starts_with('-') || refuses_message(fact->status); }

// What a receipt means here; nothing: it tells only that the document is there, which we knew.
std::optional<Event> meaning(const ReceiptFact& fact, State state, const Deliveries& deliveries) {
  switch (fact.answer.effect) {
    case Effect::pass:
      return Event::passed;
    case Effect::settle:
      return Event::settled;
    case Effect::refuse:
      return Event::refused;
    case Effect::hold:
      return Event::detained;
    case Effect::already_there:
      break;
  }
  const bool proves_arrival = deliveries.begun > 1 && !deliveries.earlier_version_reached_port;
  if (proves_arrival || state == State::settled) return std::nullopt;
  return Event::refused;
}

bool stops(State state) { return state == State::refused || state == State::held; }

std::string told_to_people(const ReceiptFact& fact) {
  return fact.info.empty() ? fact.status : fact.status + " " + fact.info;
}

void apply(Picture& picture, const ReceiptFact& fact, Event event) {
  const State was = picture.state;
  picture.state = next(was, event).value_or(was);
  if (!stops(picture.state)) picture.reason.clear();
  // Customs has taken it up again, so its earlier word no longer stands.
  if (stops(was) && picture.state == State::sent) picture.outcome.clear();
  if (event == Event::refused || event == Event::detained) picture.reason = told_to_people(fact);
  if (!fact.answer.outcome.empty()) picture.outcome = fact.answer.outcome;
}

}  // namespace

Picture fold(const Picture& before, std::span<const ReceiptFact> receipts, const Deliveries& deliveries) {
  const Facts facts = in_order(receipts);
  if (facts.empty()) return before;
  Picture picture{.state = State::sent, .stage = facts.back()->status, .outcome = {}, .reason = {}};
  for (const ReceiptFact* fact : facts) {
    if (const auto event = meaning(*fact, picture.state, deliveries)) apply(picture, *fact, *event);
  }
  if (before.state == State::withdrawn) {
    picture.state = before.state;
    picture.reason = before.reason;
  }
  return picture;
}

namespace {

// The receipt that says last whether the document lives; already-there answers say nothing of it.
const ReceiptFact* last_verdict(const Facts& facts) {
  const auto verdict = std::ranges::find_if(facts.rbegin(), facts.rend(), [](const ReceiptFact* fact) {
    return fact->answer.effect != Effect::already_there;
  });
  return verdict == facts.rend() ? nullptr : *verdict;
}

// E-Port keeps it and nothing went to customs.
bool is_draft(const ReceiptFact& fact) { return fact.status == "1"; }

// A deletion that was taken cancels the document itself; another's being granted is the end of what it asked for.
std::optional<schemas::Standing> standing_by_outcome(std::string_view outcome, std::string_view app_type) {
  using schemas::Standing;
  if (outcome == "cancelled") return app_type == "3" ? Standing::cancelled : Standing::done;
  if (outcome == "refunded") return Standing::done;
  if (outcome == "closed") return Standing::closed;
  if (outcome == "released") return Standing::released;
  if (outcome == "returned" || outcome == "detained") return Standing::decided;
  return std::nullopt;
}

}  // namespace

schemas::Standing standing_of(const Picture& picture, std::span<const ReceiptFact> receipts,
                              std::string_view app_type) {
  using schemas::Standing;
  const Facts facts = in_order(receipts);
  if (std::ranges::all_of(facts, is_negative)) {
    // A change or a deletion that was itself refused leaves what an earlier version stored.
    return app_type == "2" || app_type == "3" ? Standing::stored : Standing::nothing_stored;
  }
  const ReceiptFact* verdict = last_verdict(facts);
  if (verdict == nullptr) return Standing::stored;
  const Effect effect = verdict->answer.effect;
  if (effect == Effect::refuse) return is_negative(verdict) ? Standing::stored : Standing::rejected_stored;
  if (effect == Effect::hold) return Standing::decided;
  if (const auto standing = standing_by_outcome(picture.outcome, app_type)) return *standing;
  if (is_draft(*verdict)) return Standing::draft;
  if (effect == Effect::pass && picture.outcome.empty()) return Standing::declared;
  return app_type == "3" ? Standing::cancelled : Standing::stored;
}

}  // namespace gateway::lifecycle

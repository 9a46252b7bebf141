#include "gateway/dispatch/outcomes.h"

#include "base/digest.h"
#include "gateway/lifecycle/retry.h"
#include "gateway/lifecycle/whole_message.h"

namespace gateway::dispatch {

using lifecycle::Event;
using lifecycle::State;
using Next = ledger::Ledger::Next;

namespace {

Event event_of(channels::Outcome outcome) {
  switch (outcome) {
    case channels::Outcome::confirmed:
      return Event::confirmed;
    case channels::Outcome::unreachable:
      return Event::unreachable;
    case channels::Outcome::unknown:
      return Event::unknown;
    case channels::Outcome::refused:
      return Event::refused_by_port;
  }
  return Event::unknown;
}

// Why the document is where it is, for the people of both languages.
std::string reason_of(State state, const channels::Answer& answer) {
  switch (state) {
    case State::deferred:
      return "口岸不可达，将重发 | the port is unreachable, to be sent again: " + answer.text;
    case State::unconfirmed:
      return "应答丢失，先等回执，再以相同内容重发 | the answer was lost; a receipt is awaited, then the same bytes go "
             "again: " +
             answer.text;
    // Nothing is known to carry CEB900 over the Hainan address.
    case State::sent:
      return "口岸已接收，尚无回执；长时间无回执可能是报文未通过其校验 | taken by the port, no receipt yet; long "
             "silence may "
             "mean that its schema refused the message";
    case State::held:
      return "口岸拒收 | refused by the port: " + answer.text;
    case State::accepted:
      return "口岸拒收整个报文，将单独发送 | the port refused the whole message; it goes alone: " + answer.text;
    default:
      return {};
  }
}

ledger::DeliveryOutcome recorded(channels::Outcome outcome) {
  switch (outcome) {
    case channels::Outcome::confirmed:
      return ledger::DeliveryOutcome::confirmed;
    case channels::Outcome::unreachable:
      return ledger::DeliveryOutcome::unreachable;
    case channels::Outcome::unknown:
      return ledger::DeliveryOutcome::unknown;
    case channels::Outcome::refused:
      return ledger::DeliveryOutcome::refused;
  }
  return ledger::DeliveryOutcome::unknown;
}

bool sends_again(State state) { return state == State::deferred || state == State::unconfirmed; }

std::optional<Next> moved(const ledger::Standing& standing, State to, const channels::Answer& answer,
                          std::optional<base::Time> due) {
  Next next{.picture = standing.summary.picture, .due = due};
  next.picture.state = to;
  next.picture.reason = reason_of(to, answer);
  return next;
}

std::optional<Next> spent(const ledger::Standing& standing, State waiting, const channels::Answer& answer) {
  const auto to = lifecycle::next(waiting, Event::spent);
  if (!to) return std::nullopt;
  auto next = moved(standing, *to, answer, std::nullopt);
  next->picture.reason = "重发次数已用尽 | tries are spent; the last one: " + answer.text;
  return next;
}

// One bad document must not hold back the others of its message.
std::optional<Next> apart(const ledger::Standing& standing, const channels::Answer& answer, base::Time now) {
  const State from = standing.summary.picture.state;
  const auto to = lifecycle::next(from, Event::taken_apart);
  if (!to) return std::nullopt;
  Next next{.picture = standing.summary.picture, .due = std::nullopt, .message = ledger::Ledger::Message::is_left};
  if (*to == from) return next;
  next = *moved(standing, *to, answer, now);
  next.message = ledger::Ledger::Message::is_left;
  return next;
}

}  // namespace

ledger::Ledger::Ending ending_of(const channels::Answer& answer) {
  ledger::Ledger::Ending ending{recorded(answer.outcome), answer.text, answer.proof};
  if (!ending.proof.empty()) ending.answer += " [SHA-256 " + base::sha256_hex(ending.proof) + "]";
  return ending;
}

ledger::Ledger::Decide after_answer(const channels::Answer& answer, const Attempt& attempt) {
  return [answer, attempt](const ledger::Standing& standing) -> std::optional<Next> {
    const bool is_taken_apart = answer.outcome == channels::Outcome::refused &&
                                lifecycle::goes_alone({attempt.documents, standing.refused_together});
    if (is_taken_apart) return apart(standing, answer, attempt.now);
    const auto to = lifecycle::next(standing.summary.picture.state, event_of(answer.outcome));
    if (!to) return std::nullopt;
    if (*to == State::sent) return moved(standing, *to, answer, attempt.now + attempt.receipt_within);
    if (!sends_again(*to)) return moved(standing, *to, answer, std::nullopt);
    const auto first_pause =
        *to == State::unconfirmed ? attempt.resend_after : std::chrono::milliseconds(lifecycle::first_pause);
    const auto due = lifecycle::next_try(attempt.tried_since, attempt.now, attempt.tries, first_pause, attempt.jitter);
    return due ? moved(standing, *to, answer, due) : spent(standing, *to, answer);
  };
}

ledger::Ledger::Decide after_start(base::Time now) {
  return [now](const ledger::Standing& standing) -> std::optional<Next> {
    const channels::Answer lost{channels::Outcome::unknown, "the gateway stopped during the delivery"};
    const auto to = lifecycle::next(standing.summary.picture.state, Event::unknown);
    return to ? moved(standing, *to, lost, now) : std::nullopt;
  };
}

}  // namespace gateway::dispatch

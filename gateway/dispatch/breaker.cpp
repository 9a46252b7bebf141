#include "gateway/dispatch/breaker.h"

#include <array>
#include <chrono>

#include "gateway/lifecycle/retry.h"

namespace gateway::dispatch {

namespace {

constexpr std::size_t failures_that_open = 5;
constexpr std::chrono::seconds first_probe_after{1};
constexpr std::chrono::seconds longest_between_probes{60};
constexpr std::array<std::string_view, 3> words{"closed", "open", "half_open"};

}  // namespace

std::string_view word(BreakerState state) { return words.at(static_cast<std::size_t>(state)); }

bool Breaker::admits(base::Time now) const {
  if (state_ != BreakerState::open) return state_ == BreakerState::closed;
  // A clock that was set back must not keep it open.
  return now >= next_probe_ || next_probe_ - now > pause_;
}

Breaker::Leave Breaker::begin() {
  if (state_ == BreakerState::closed) return Leave::ordinary;
  state_ = BreakerState::half_open;
  return Leave::probe;
}

void Breaker::not_sent(Leave leave) {
  if (leave == Leave::probe && state_ == BreakerState::half_open) state_ = BreakerState::open;
}

std::optional<Breaker::Trouble> Breaker::answered() {
  std::optional<Trouble> ended;
  if (state_ != BreakerState::closed) ended = trouble_;
  state_ = BreakerState::closed;
  trouble_.failed = 0;
  return ended;
}

Breaker::Turned Breaker::failed(Leave leave, Failure failure, base::Time now, double jitter) {
  if (++trouble_.failed == 1) trouble_.since = now;
  if (state_ == BreakerState::closed) {
    if (trouble_.failed < failures_that_open) return trouble_.failed == 1 ? Turned::first : Turned::no;
    probes_ = 0;
    wait(failure, now, jitter);
    return Turned::opened;
  }
  if (leave == Leave::probe && state_ == BreakerState::half_open) wait(failure, now, jitter);
  return Turned::no;
}

void Breaker::wait(Failure failure, base::Time now, double jitter) {
  probes_ = failure == Failure::unanswered ? 1 : probes_ + 1;
  pause_ = lifecycle::pause_after(probes_, {first_probe_after, longest_between_probes}, jitter);
  next_probe_ = now + pause_;
  state_ = BreakerState::open;
}

}  // namespace gateway::dispatch

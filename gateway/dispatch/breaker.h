// Keeps deliveries back from a port that does not answer: opens after five failures in a row; then one probe at a time
// is let through, after pauses of 1 s that double up to 60 s while it cannot be reached, until one is answered. Pure:
// time and jitter come from the caller.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace gateway::dispatch {

enum class BreakerState { closed, open, half_open };  // half_open: a probe is under way
std::string_view word(BreakerState state);

class Breaker {
 public:
  enum class Leave { ordinary, probe };
  struct Trouble {
    base::Time since;
    std::size_t failed = 0;  // in a row
  };

  BreakerState state() const { return state_; }
  bool admits(base::Time now) const;
  base::Time next_probe() const { return next_probe_; }  // while it is open
  Leave begin();                                         // of a delivery that it admits
  void not_sent(Leave leave);                            // it was begun, and nothing was sent after all
  // The port has answered, whatever it said. Gives the trouble that this ends, if it was open.
  std::optional<Trouble> answered();
  enum class Turned { no, first, opened };  // first: of a row of failures
  // Of a port that took the bytes and gave no good answer the next message may be answered, so it is probed every
  // second.
  enum class Failure { unreachable, unanswered };
  Turned failed(Leave leave, Failure failure, base::Time now, double jitter);

 private:
  void wait(Failure failure, base::Time now, double jitter);

  BreakerState state_ = BreakerState::closed;
  Trouble trouble_;
  int probes_ = 0;  // pauses since it opened
  base::Time next_probe_;
  std::chrono::milliseconds pause_{0};
};

}  // namespace gateway::dispatch

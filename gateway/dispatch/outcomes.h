// What an answer of the port means for each document of the message. Pure: lifecycle decides, this asks it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "gateway/channels/channel.h"
#include "gateway/ledger/ledger.h"

namespace gateway::dispatch {

struct Attempt {
  int tries = 1;  // this one included
  base::Time tried_since, now;
  std::chrono::milliseconds resend_after;                            // for an unconfirmed message
  double jitter = 0;                                                 // in [0, 1)
  std::size_t documents = 1;                                         // of the message
  std::chrono::milliseconds receipt_within{std::chrono::hours(24)};  // what is silent for longer is held
};

// What the ledger keeps of the answer. The SHA-256 of a proof is named in it, so that the chain holds the proof too.
ledger::Ledger::Ending ending_of(const channels::Answer& answer);
ledger::Ledger::Decide after_answer(const channels::Answer& answer, const Attempt& attempt);
// For a delivery that was begun when the gateway stopped: unknown, and due at once.
ledger::Ledger::Decide after_start(base::Time now);

}  // namespace gateway::dispatch

// What became of one message that was given to a broker, in words for people. Pure.
#pragma once

#include <string>

#include "base/fault.h"

namespace gateway::channels::queues {

// confirmed: the broker keeps it; refused: it never will; lost: it may have arrived; never_left: it has not.
enum class Fate { confirmed, refused, lost, never_left };

struct Verdict {
  Fate fate = Fate::never_left;
  std::string words;  // Chinese | English
};

Verdict never_left(const base::Fault& why);
Verdict too_many_waiting();
Verdict lost(const std::string& why);

}  // namespace gateway::channels::queues

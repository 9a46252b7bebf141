// What can be seen of a port without sending, taking or changing anything there. Values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace gateway::channels {

enum class Sight {
  there,
  ending,  // there, and not for long
  missing,
  hidden,  // only sending or taking would tell
};

// One thing at the port: its address, a login, a queue, a folder.
struct Sighting {
  Sight sight = Sight::hidden;
  std::string name_zh, name_en;
  std::string zh, en;  // what there is to be said of it; where it is missing, what to do as well
};

// The time that the port itself gave, between our asking and its answer.
struct ClockReading {
  base::Time said;  // in whole seconds
  base::Time asked, answered;
};

struct View {
  std::vector<Sighting> sightings;
  std::optional<ClockReading> clock;
};

}  // namespace gateway::channels

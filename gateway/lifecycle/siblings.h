// What becomes of an inventory that waits for its order, payment and waybill, each time that somebody looks: it goes
// once customs has taken them all, waits on, or is held at its deadline. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "gateway/lifecycle/receipts.h"

namespace gateway::lifecycle {

// absent: nobody here sent it, and nobody reported it.
enum class SiblingStanding { absent, under_way, refused, taken };

struct AwaitedSibling {
  std::string zh, en;  // 进口支付单, Import payment
  std::string name;    // how it is asked for: 4601960001/A1
  SiblingStanding standing = SiblingStanding::absent;
};

struct WaitingSince {
  base::Time created_at, deadline;
};

struct SiblingStep {
  enum class Act { go, wait, hold };
  Act act = Act::wait;
  Picture to;
  std::optional<base::Time> next_look;  // where it waits on, if nothing happens before
};

// Where customs takes a sibling somebody looks at once; this is for what happens unseen.
inline constexpr std::chrono::seconds shortest_between_looks{30};
inline constexpr std::chrono::hours longest_between_looks{1};

SiblingStep after_look(const Picture& before, std::span<const AwaitedSibling> siblings, const WaitingSince& since,
                       base::Time now);

}  // namespace gateway::lifecycle

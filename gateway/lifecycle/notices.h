// What becomes of a notice to an ERP after an attempt to deliver it. Pure: the jitter comes from the caller.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace gateway::lifecycle {

// unheard: nobody tries any more until a person has it sent again.
enum class NoticeState { waiting, heard, unheard };
std::string_view word(NoticeState state);
std::optional<NoticeState> read_notice_state(std::string_view word);

struct NoticeAttempt {
  base::Time since;                // made, or asked for anew by a person
  int tries = 1;                   // this one too
  std::optional<unsigned> status;  // of the answer; absent: there was none
};

struct NoticeStep {
  NoticeState to = NoticeState::waiting;
  std::optional<base::Time> due;  // where it goes on waiting
};

// What nobody waits for any more is forgotten then; the feed of changes still has it.
inline constexpr std::chrono::hours heard_is_kept_for{24 * 7};
inline constexpr std::chrono::hours unheard_is_kept_for{24 * 90};

// 2xx is heard; 410 says that nobody wants to hear any more; anything else, a redirection too, is tried again as long
// as lifecycle/retry.h lets.
NoticeStep after_notice(const NoticeAttempt& attempt, base::Time now, double jitter);

}  // namespace gateway::lifecycle

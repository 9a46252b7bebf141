#include "gateway/lifecycle/notices.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "gateway/lifecycle/retry.h"

namespace gateway::lifecycle {

namespace {

constexpr unsigned gone = 410;  // RFC 9110 §15.5.11
constexpr std::array<std::string_view, 3> words{"waiting", "heard", "unheard"};

}  // namespace

std::string_view word(NoticeState state) { return words.at(static_cast<std::size_t>(state)); }

std::optional<NoticeState> read_notice_state(std::string_view word) {
  const auto* const found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<NoticeState>(found - words.begin());
}

NoticeStep after_notice(const NoticeAttempt& attempt, base::Time now, double jitter) {
  if (attempt.status && *attempt.status / 100 == 2) return {NoticeState::heard, std::nullopt};
  if (attempt.status == gone) return {NoticeState::unheard, std::nullopt};
  const auto due = next_try(attempt.since, now, attempt.tries, first_pause, jitter);
  return {due ? NoticeState::waiting : NoticeState::unheard, due};
}

}  // namespace gateway::lifecycle

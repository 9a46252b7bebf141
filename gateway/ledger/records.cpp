#include "gateway/ledger/records.h"

#include <array>
#include <cstddef>

namespace gateway::ledger {

std::string_view word(DeliveryOutcome outcome) {
  constexpr std::array<std::string_view, 5> words{"begun", "confirmed", "unreachable", "unknown", "refused"};
  return words.at(static_cast<std::size_t>(outcome));
}

std::string_view word(InboundState state) {
  constexpr std::array<std::string_view, 5> words{"fresh", "applied", "unmatched", "foreign", "unreadable"};
  return words.at(static_cast<std::size_t>(state));
}

std::string_view word(Said said) {
  constexpr std::array<std::string_view, 3> words{"receipt", "notice", "deciding notice"};
  return words.at(static_cast<std::size_t>(said));
}

std::string_view word(SigningKind kind) { return kind == SigningKind::xml ? "xml" : "text"; }

std::string_view word(SigningOutcome outcome) { return outcome == SigningOutcome::made ? "made" : "refused"; }

}  // namespace gateway::ledger

#include "gateway/ledger/records.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "gateway/ledger/accounts_book.h"

namespace gateway::ledger {

namespace {

constexpr std::array<std::string_view, 5> outcome_words{"begun", "confirmed", "unreachable", "unknown", "refused"};
constexpr std::array<std::string_view, 3> said_words{"receipt", "notice", "deciding notice"};
constexpr std::array<std::string_view, 5> inbound_words{"fresh", "applied", "unmatched", "foreign", "unreadable"};

}  // namespace

std::string_view word(DeliveryOutcome outcome) { return outcome_words.at(static_cast<std::size_t>(outcome)); }

std::optional<DeliveryOutcome> read_delivery_outcome(std::string_view word) {
  const auto* found = std::ranges::find(outcome_words, word);
  if (found == outcome_words.end()) return std::nullopt;
  return static_cast<DeliveryOutcome>(found - outcome_words.begin());
}

std::string_view word(InboundState state) { return inbound_words.at(static_cast<std::size_t>(state)); }

std::optional<InboundState> read_inbound_state(std::string_view word) {
  const auto* found = std::ranges::find(inbound_words, word);
  if (found == inbound_words.end()) return std::nullopt;
  return static_cast<InboundState>(found - inbound_words.begin());
}

std::string_view word(ReplayState state) {
  constexpr std::array<std::string_view, 4> words{"preview", "running", "done", "stopped"};
  return words.at(static_cast<std::size_t>(state));
}

std::string_view word(Said said) { return said_words.at(static_cast<std::size_t>(said)); }

std::optional<Said> read_said(std::string_view word) {
  const auto* found = std::ranges::find(said_words, word);
  if (found == said_words.end()) return std::nullopt;
  return static_cast<Said>(found - said_words.begin());
}

std::string_view word(SignedInBy means) {
  constexpr std::array<std::string_view, 3> words{"password", "token", "code"};
  return words.at(static_cast<std::size_t>(means));
}

std::string_view word(SigningKind kind) { return kind == SigningKind::xml ? "xml" : "text"; }

std::string_view word(SigningOutcome outcome) { return outcome == SigningOutcome::made ? "made" : "refused"; }

}  // namespace gateway::ledger

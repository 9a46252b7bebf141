#include "gateway/ledger/audit_records.h"

#include <algorithm>
#include <array>

namespace gateway::ledger {

namespace {

constexpr std::array<std::string_view, 18> act_words{
    "replay", "hold",   "release", "withdraw",   "amend",      "disclosure",
    "port",   "match",  "resend",  "restore",    "sign_in",    "sign_in_refused",
    "user",   "export", "note",    "assignment", "correction", "approval"};

}  // namespace

std::string_view word(ActKind kind) { return act_words.at(static_cast<std::size_t>(kind)); }

std::optional<ActKind> read_act_kind(std::string_view word) {
  const auto* found = std::ranges::find(act_words, word);
  if (found == act_words.end()) return std::nullopt;
  return static_cast<ActKind>(found - act_words.begin());
}

}  // namespace gateway::ledger

// What a person asks for, and whether the document lets it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/ledger/records.h"
#include "gateway/lifecycle/state.h"

namespace gateway::operations {

enum class Action { replay, hold, release, withdraw };

inline constexpr std::size_t longest_reason_characters = 500;

struct Order {
  Action action = Action::hold;
  std::string reason;
};

std::string_view word(Action action);

// Faults: json.syntax (cannot be read at all), action.* (every one at once).
base::Result<Order> read_order(std::string_view body);

// What the ledger knows that bears on an order.
struct Subject {
  ledger::Picture picture;
  bool has_bytes = false;              // it is in a message that is kept
  bool may_have_arrived = false;       // a delivery of it was begun and did not certainly fail
  bool is_decided_by_customs = false;  // held by a customs decision: never sent again
};

// Where the order leads; nothing: the document does not let it.
std::optional<lifecycle::State> target(const Subject& subject, Action action);
// Why not, and what is allowed instead.
base::Fault not_allowed(const Subject& subject, Action action);

}  // namespace gateway::operations

// The bodies of POST /v1/inbound/match and /v1/inbound/{digest}/match. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/ledger/records.h"

namespace gateway::operations {

inline constexpr std::size_t default_matched_again = 1'000;
inline constexpr std::size_t most_matched_again = 10'000;

struct InboundOrder {
  ledger::InboundState state = ledger::InboundState::unmatched;
  std::size_t limit = default_matched_again;
  std::string reason;
};

enum class OrderOf { one, many };  // one: of its reason alone

// Faults: json.syntax (cannot be read at all), json.shape, action.reason, inbound.state.
base::Result<InboundOrder> read_inbound_order(std::string_view body, OrderOf of);

}  // namespace gateway::operations

// The bodies of POST /v1/replays, read with every fault at once. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "gateway/ledger/records.h"
#include "gateway/operations/orders.h"
#include "schemas/catalog.h"

namespace gateway::operations {

inline constexpr std::int64_t default_replay_limit = 1'000;
inline constexpr std::int64_t most_replay_limit = 100'000;
inline constexpr std::int64_t default_pace = 50;  // documents a second
inline constexpr std::int64_t fastest_pace = 10'000;
inline constexpr std::size_t most_ids = 1'000;

struct ReplayOrder {
  std::optional<std::int64_t> preview;  // this one is to run; absent: a preview is to be made
  // Of a preview that is to be made:
  Order order;
  ledger::Query filter;
  std::int64_t limit = default_replay_limit;
  std::optional<std::int64_t> pace;
  // As posted, for comparison with what was previewed; a member that is absent is not compared.
  boost::json::object members;
};

// Faults: json.syntax (cannot be read at all), json.shape, action.*, api.parameter, replay.* .
base::Result<ReplayOrder> read_replay_order(std::string_view body, const schemas::Catalog& catalog);

}  // namespace gateway::operations

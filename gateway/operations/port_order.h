// The body of POST /v1/ports/{name}/actions. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/ledger/ports_book.h"

namespace gateway::operations {

inline constexpr std::int64_t most_ever_at_once = 1'000;

// Its port, person and time are left to the caller. Faults: json.syntax (cannot be read at all), json.shape,
// port.action, port.most_at_once, action.reason; every one at once.
base::Result<ledger::PortCommand> read_port_command(std::string_view body);

}  // namespace gateway::operations

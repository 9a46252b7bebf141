// What a client is told while the ledger can keep nothing or cannot be reached: 503 with the reason, and when to try
// again. Safe from every thread.
#pragma once

#include <exception>
#include <optional>

#include "gateway/http/message.h"

namespace gateway::views {

// Nothing for an exception that is none of the ledger's, or a fault of this one call.
std::optional<http::Response> ledger_trouble(const std::exception& error);

}  // namespace gateway::views

// The operator's part of the API's description: orders for many documents, and what was received. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> order_calls();
std::vector<CallForm> inbound_calls();
// What they take and answer, as one JSON text of components.
std::string_view order_schemas();

}  // namespace gateway::intake

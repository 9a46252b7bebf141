// The part of the API's description about what other enterprises have sent. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> fact_calls();
// What they take and answer, as one JSON text of components.
std::string_view fact_schemas();

}  // namespace gateway::intake

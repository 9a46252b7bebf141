// The part of the API's description for those who watch over the gateway: how it stands, its ports and keys, and what
// persons did. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> overview_calls();
std::vector<CallForm> audit_calls();
// What they take and answer, as one JSON text of components.
std::string_view overview_schemas();

}  // namespace gateway::intake

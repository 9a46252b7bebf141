// The part of the API's description about taking documents over from another system. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> import_calls();
// What they take and answer, as one JSON text of components.
std::string_view import_schemas();

}  // namespace gateway::intake

// How persons sign in, as the API's description tells it.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> account_calls();
std::string_view account_schemas();  // a JSON object: components by name

}  // namespace gateway::intake

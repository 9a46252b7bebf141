// What the description of the API says of persons' work on documents. Values only.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> casework_calls();
std::string_view casework_schemas();  // a JSON object of components

}  // namespace gateway::intake

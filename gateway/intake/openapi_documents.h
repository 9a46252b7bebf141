// What the description of the API says of documents as one looks at them. Values only.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> document_calls();
std::string_view document_schemas();  // a JSON object of components

}  // namespace gateway::intake

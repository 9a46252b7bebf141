// The calls about documents that have left the ledger for the archive, as the API's description tells them.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> archive_calls();
std::string_view archive_schemas();  // a JSON object of components

}  // namespace gateway::intake

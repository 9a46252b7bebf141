// The feed of changes in the API's description. Pure.
#pragma once

#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> feed_calls();

}  // namespace gateway::intake

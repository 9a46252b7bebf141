// The part of the API's description that is about proof. Pure.
#pragma once

#include <vector>

#include "gateway/intake/openapi_calls.h"

namespace gateway::intake {

std::vector<CallForm> proof_calls();

}  // namespace gateway::intake

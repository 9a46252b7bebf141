// What a caller may see beside documents. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "gateway/http/tokens.h"

namespace gateway::operations {

// The DXPIDs of the caller's enterprises; nothing: everybody's.
std::optional<std::vector<std::string>> visible_dxp_ids(const config::Settings& settings, const http::Caller& caller);

}  // namespace gateway::operations

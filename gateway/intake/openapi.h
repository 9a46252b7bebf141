// The OpenAPI 3.1 description of every call of the gateway, its message types taken from the catalog. Pure.
#pragma once

#include <string>

#include "schemas/catalog.h"

namespace gateway::intake {

std::string openapi_text(const schemas::Catalog& catalog);

}  // namespace gateway::intake

// The OpenAPI 3.1 description of every call of the gateway, its message types taken from the catalog; without
// the address it is served at. Pure.
#pragma once

#include <boost/json/object.hpp>

#include "schemas/catalog.h"

namespace gateway::intake {

boost::json::object openapi_of(const schemas::Catalog& catalog);

}  // namespace gateway::intake

// An explanation as JSON: the members of a fault, then side, class, advice_zh, advice_en and parts. Pure.
#pragma once

#include <boost/json/object.hpp>

#include "schemas/explanation.h"

namespace gateway::views {

boost::json::object explanation_json(const schemas::Explanation& explanation);

}  // namespace gateway::views

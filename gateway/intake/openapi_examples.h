// A body for each call that takes one, good as it stands but for its numbers: what a program that reads the description
// (Postman …) sends first. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

namespace gateway::intake {

// By name, as the media type object of OpenAPI 3.1 wants them; empty for a component without one.
boost::json::object examples_of(std::string_view component);

}  // namespace gateway::intake

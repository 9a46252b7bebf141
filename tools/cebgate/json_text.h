// JSON as text: spread over lines for people, or a read tree written back with every number as it was spelt.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "codecs/ceb/exact_json.h"

namespace tools::cebgate {

std::string pretty(const boost::json::value& value);  // ends with a line break
std::string exact(const codecs::ceb::JsonNode& node);

// A member of an API answer: its text; "" where it is absent or null; a number in its digits.
std::string text_of(const boost::json::value& object, std::string_view name);
// An API answer as a tree, null where it is none.
boost::json::value read_answer(std::string_view body);
// The array of that name; empty where there is none.
const boost::json::array& array_of(const boost::json::value& object, std::string_view name);

}  // namespace tools::cebgate

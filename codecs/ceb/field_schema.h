// What may be posted as the value of one field: its format as the tables of the specification write it, and the JSON
// Schema of its value, which says what schemas::check_field and the JSON reader take. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "schemas/shape.h"

namespace codecs::ceb {

// More digits than a double surely keeps: some program on the way may already have rounded a JSON number that has them.
inline constexpr std::size_t most_number_digits = 15;

// "C36", "C1..60", "N19,5", "N9", "int"; without fixed and default values and how white space counts.
std::string format_of(const schemas::Facets& facets);

// The number branch speaks of numbers in their plain shortest spelling, and cannot limit the digits after the point.
boost::json::object field_schema(const schemas::Facets& facets);

}  // namespace codecs::ceb

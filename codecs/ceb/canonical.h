// One writing for all equal contents of a document, so that contents can be compared and digested. Pure.
#pragma once

#include <string>
#include <string_view>

#include "codecs/ceb/message.h"
#include "schemas/shape.h"

namespace codecs::ceb {

// An xs:decimal or xs:integer without needless signs and zeros: "1.50" is "1.5", "007" is "7", "-0" is "0".
// Anything else stays as it is.
std::string canonical_number(std::string_view text);

// JSON text with names sorted and every value in an array; the order of equal names is kept.
std::string canonical_element(const schemas::Node& shape, const Element& element);

}  // namespace codecs::ceb

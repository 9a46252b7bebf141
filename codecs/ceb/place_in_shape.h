// Where a child stands among its siblings by the schema. Pure.
#pragma once

#include <string_view>

#include "codecs/ceb/message.h"
#include "schemas/shape.h"

namespace codecs::ceb {

// The child of that name, put at its place by the schema if it is not there yet.
Element& child_at_its_place(const schemas::Node& shape, Element& parent, std::string_view name);

}  // namespace codecs::ceb

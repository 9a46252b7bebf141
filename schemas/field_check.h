// Holds a field's text against its facets as libxml2 would, and says in both languages what is wrong with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/shape.h"

namespace schemas {

struct FieldFault {
  const char* code;    // "schema.length" …
  std::string zh, en;  // without the field's name: "61 characters, at most 60"
};

// The first thing that is wrong; an empty text takes the fixed or default value where there is one.
std::optional<FieldFault> check_field(const Facets& facets, std::string_view text);

}  // namespace schemas

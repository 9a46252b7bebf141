#include "schemas/shape.h"

namespace schemas {

std::string_view word(BaseType base) {
  switch (base) {
    case BaseType::string:
      return "string";
    case BaseType::decimal:
      return "decimal";
    case BaseType::integer:
      return "integer";
    case BaseType::date:
      return "date";
    case BaseType::date_time:
      return "date_time";
    case BaseType::base64:
      return "base64";
    case BaseType::id:
      break;
  }
  return "id";
}

const Node* Node::child(std::string_view child_name) const {
  for (const Node& node : children) {
    if (node.name == child_name) return &node;
  }
  return nullptr;
}

}  // namespace schemas

// JSON read with every number kept as its own characters, so that no amount passes through a double. Members keep their
// order; a name that comes twice is kept twice. Nesting is limited to 64.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace codecs::ceb {

enum class JsonKind { object, array, string, number, boolean, null };

struct JsonNode {
  JsonKind kind = JsonKind::null;
  std::string text;  // a string's content, a number's characters, "true" or "false"
  std::vector<std::pair<std::string, JsonNode>> members;
  std::vector<JsonNode> items;

  const JsonNode* member(std::string_view name) const;  // the first of that name, or nothing
};

// Faults: json.syntax with the line and column, json.depth.
base::Result<JsonNode> read_json(std::string_view text);

}  // namespace codecs::ceb

// JSON read with every number kept as its own characters, so that no amount passes through a double. Members keep their
// order; a name that comes twice is kept twice. Nesting, bytes and the number of values are limited. Pure; safe from
// every thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace codecs::ceb {

enum class JsonKind { object, array, string, number, boolean, null };

struct JsonMember;

struct JsonNode {
  JsonKind kind = JsonKind::null;
  std::string text;  // a string's content, a number's characters, "true" or "false"
  std::vector<JsonMember> members;
  std::vector<JsonNode> items;

  const JsonNode* member(std::string_view name) const;  // the first of that name, or nothing
};

// Name and value. Not a std::pair, which cannot be named before JsonNode is complete.
struct JsonMember {
  std::string first;
  JsonNode second;
};

inline constexpr std::size_t deepest_json = 64;
// As many as elements and bytes of the XML that is written from it (base::XmlLimits).
inline constexpr std::size_t most_json_values = 400'000;
inline constexpr std::size_t most_json_bytes = std::size_t{24} << 20;

// Faults, each with the line and column: json.syntax, json.depth, json.size (too many values or bytes). A BOM is
// skipped.
base::Result<JsonNode> read_json(std::string_view text);

}  // namespace codecs::ceb

// The shape of one message as its XSD says it: names, order, occurrence, facets. Read once at start, immutable
// afterwards, so every thread may use it.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemas {

inline constexpr unsigned unbounded = std::numeric_limits<unsigned>::max();

// wildcard: whatever element; anything: an element of a name with whatever inside.
enum class NodeKind { container, field, wildcard, anything, signature };
enum class BaseType { string, decimal, integer, date, date_time, base64, id };
std::string_view word(BaseType base);  // "decimal"

// What the XSD says of a field's text; sizes are characters or digits.
struct Facets {
  BaseType base = BaseType::string;
  std::optional<std::size_t> length, min_length, max_length;
  std::optional<unsigned> total_digits, fraction_digits;
  std::optional<std::string> fixed_value, default_value;
  bool collapses_white_space = false;  // numbers and dates always do
};

struct Node {
  std::string name;      // without prefix, as the schema spells it; "@guid" for an attribute
  std::string title_zh;  // from the annotation
  std::string clause;    // "报文规范 202205 §3.1.4"; without § where the edition's sections are not known
  std::string namespace_uri;
  std::string code_table;  // that a field's values come from: "unit"
  NodeKind kind = NodeKind::container;
  unsigned min_occurs = 1;
  unsigned max_occurs = 1;
  Facets facets;  // of a field
  std::vector<Node> attributes;
  std::vector<Node> children;  // in schema order

  bool repeats() const { return max_occurs > 1; }
  const Node* child(std::string_view child_name) const;
};

}  // namespace schemas

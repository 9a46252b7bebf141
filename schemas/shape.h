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

enum class NodeKind { container, field, wildcard, signature };
enum class BaseType { string, decimal, integer, date };

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
  std::string clause;    // "报文规范 202205 §3.1.4"
  NodeKind kind = NodeKind::container;
  unsigned min_occurs = 1;
  unsigned max_occurs = 1;
  Facets facets;                 // of a field
  std::vector<Node> attributes;  // of the root
  std::vector<Node> children;    // in schema order

  bool repeats() const { return max_occurs > 1; }
  const Node* child(std::string_view child_name) const;
};

}  // namespace schemas

#include "codecs/ceb/place_in_shape.h"

#include <algorithm>
#include <cstddef>

namespace codecs::ceb {

namespace {

std::size_t rank(const schemas::Node& shape, std::string_view name) {
  const auto known = std::find_if(shape.children.begin(), shape.children.end(),
                                  [&](const schemas::Node& n) { return n.name == name; });
  return static_cast<std::size_t>(known - shape.children.begin());
}

}  // namespace

Element& child_at_its_place(const schemas::Node& shape, Element& parent, std::string_view name) {
  if (Element* present = parent.child(name)) return *present;
  const std::size_t own = rank(shape, name);
  const auto next = std::find_if(parent.children.begin(), parent.children.end(),
                                 [&](const Element& sibling) { return rank(shape, sibling.name) > own; });
  return *parent.children.insert(next, {.name = std::string(name), .text = {}, .children = {}});
}

}  // namespace codecs::ceb

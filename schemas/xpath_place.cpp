#include "schemas/xpath_place.h"

#include <map>
#include <utility>

#include "schemas/shape_reader.h"

namespace schemas {

namespace {

const xmlNode* parent_element(const xmlNode* element) {
  const xmlNode* parent = element->parent;
  return parent != nullptr && parent->type == XML_ELEMENT_NODE ? parent : nullptr;
}

std::string step(std::string_view namespace_uri, std::string_view prefix, std::string_view name) {
  if (namespace_uri == ceb_namespace) return "/ceb:" + std::string(name);
  if (namespace_uri == dxp_namespace) return "/dxp:" + std::string(name);
  if (namespace_uri == dsig_namespace) return "/ds:" + std::string(name);
  return "/" + (prefix.empty() ? std::string(name) : std::string(prefix) + ":" + std::string(name));
}

}  // namespace

const Node* Places::shape_of(const xmlNode* element) const {
  const xmlNode* parent = parent_element(element);
  if (parent == nullptr) return view(element->name) == root_.name ? &root_ : nullptr;
  const Node* shape = shape_of(parent);
  return shape == nullptr ? nullptr : shape->child(view(element->name));
}

// Counts all children of a parent at once: one by one would take the square of their number.
int Places::position_of(const xmlNode* element) {
  if (counted_parents_.insert(element->parent).second) {
    std::map<std::pair<std::string_view, std::string_view>, int> counts;
    for (const xmlNode* node = element->parent->children; node != nullptr; node = node->next) {
      if (node->type == XML_ELEMENT_NODE) positions_[node] = ++counts[{namespace_of(node), view(node->name)}];
    }
  }
  return positions_.at(element);
}

std::string Places::clause_of(const xmlNode* element) const {
  for (; element != nullptr; element = parent_element(element)) {
    if (const Node* shape = shape_of(element)) return shape->clause;
  }
  return root_.clause;
}

std::string Places::path_of(const xmlNode* element) {
  const xmlNode* parent = parent_element(element);
  const std::string_view prefix = element->ns == nullptr ? std::string_view{} : view(element->ns->prefix);
  std::string path = step(namespace_of(element), prefix, view(element->name));
  if (parent == nullptr) return path;
  const Node* shape = shape_of(element);
  const int position = position_of(element);
  if (position > 1 || (shape != nullptr && shape->repeats())) path += "[" + std::to_string(position) + "]";
  return path_of(parent) + path;
}

std::string Places::path_of_absent(const xmlNode* parent, const Node& child) {
  return path_of(parent) + step(child.namespace_uri, "", child.name) + (child.repeats() ? "[1]" : "");
}

}  // namespace schemas

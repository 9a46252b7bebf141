#include "schemas/xpath_place.h"

#include "schemas/shape_reader.h"

namespace schemas {

namespace {

const xmlNode* parent_element(const xmlNode* element) {
  const xmlNode* parent = element->parent;
  return parent != nullptr && parent->type == XML_ELEMENT_NODE ? parent : nullptr;
}

std::string step(std::string_view namespace_uri, std::string_view prefix, std::string_view name) {
  if (namespace_uri == ceb_namespace) return "/ceb:" + std::string(name);
  if (namespace_uri == dsig_namespace) return "/ds:" + std::string(name);
  return "/" + (prefix.empty() ? std::string(name) : std::string(prefix) + ":" + std::string(name));
}

int position_of(const xmlNode* element) {
  int position = 1;
  for (const xmlNode* before = element->prev; before != nullptr; before = before->prev) {
    if (is_element(before, namespace_of(element), view(element->name))) ++position;
  }
  return position;
}

}  // namespace

const Node* shape_of(const MessageType& type, const xmlNode* element) {
  const xmlNode* parent = parent_element(element);
  if (parent == nullptr) return view(element->name) == type.root.name ? &type.root : nullptr;
  const Node* shape = shape_of(type, parent);
  return shape == nullptr ? nullptr : shape->child(view(element->name));
}

std::string clause_of(const MessageType& type, const xmlNode* element) {
  for (; element != nullptr; element = parent_element(element)) {
    if (const Node* shape = shape_of(type, element)) return shape->clause;
  }
  return type.root.clause;
}

std::string path_of(const MessageType& type, const xmlNode* element) {
  const xmlNode* parent = parent_element(element);
  const std::string_view prefix = element->ns == nullptr ? std::string_view{} : view(element->ns->prefix);
  std::string path = step(namespace_of(element), prefix, view(element->name));
  if (parent == nullptr) return path;
  const Node* shape = shape_of(type, element);
  const int position = position_of(element);
  if (position > 1 || (shape != nullptr && shape->repeats())) path += "[" + std::to_string(position) + "]";
  return path_of(type, parent) + path;
}

std::string path_of_child(const MessageType& type, const xmlNode* parent, const Node& child) {
  const auto namespace_uri = child.kind == NodeKind::signature ? dsig_namespace : ceb_namespace;
  return path_of(type, parent) + step(namespace_uri, "", child.name) + (child.repeats() ? "[1]" : "");
}

}  // namespace schemas

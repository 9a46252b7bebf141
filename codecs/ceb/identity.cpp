#include "codecs/ceb/identity.h"

#include <algorithm>

#include "codecs/ceb/canonical.h"
#include "codecs/ceb/place_in_shape.h"
#include "schemas/document_key.h"

namespace codecs::ceb {

namespace {

const Element* head_of(const schemas::MessageType& type, const Element& body) {
  return type.head.empty() ? &body : body.child(type.head);
}

}  // namespace

std::string head_field(const schemas::MessageType& type, const Element& body, std::string_view name) {
  const Element* head = head_of(type, body);
  const Element* field = head != nullptr ? head->child(name) : nullptr;
  return field != nullptr ? field->text : std::string();
}

void set_head_field(const schemas::MessageType& type, Element& body, std::string_view name, std::string value) {
  Element& head = type.head.empty() ? body : child_at_its_place(type.business(), body, type.head);
  child_at_its_place(type.head_node(), head, name).text = std::move(value);
}

std::string key_of(const schemas::MessageType& type, const Element& body) {
  std::vector<std::string> parts;
  for (const std::string& name : type.key_fields) parts.push_back(head_field(type, body, name));
  return schemas::key_from_parts(type.name, parts);
}

std::string number_of(const schemas::MessageType& type, const Element& body) {
  return type.key_fields.empty() ? std::string() : head_field(type, body, type.key_fields.back());
}

std::vector<Number> related_numbers(const schemas::MessageType& type, const Element& body) {
  std::vector<Number> numbers;
  for (const std::string& name : type.number_fields) {
    std::string value = head_field(type, body, name);
    if (!value.empty()) numbers.push_back({.kind = name, .value = std::move(value)});
  }
  return numbers;
}

std::string canonical_content(const schemas::MessageType& type, const Element& body,
                              const std::vector<std::string>& also_without) {
  const auto is_left_out = [&](const Element& field) {
    return field.name == "guid" || field.name == "appTime" ||
           std::find(also_without.begin(), also_without.end(), field.name) != also_without.end();
  };
  Element content = body;
  if (Element* head = type.head.empty() ? &content : content.child(type.head)) {
    std::erase_if(head->children, is_left_out);
  }
  return canonical_element(type.business(), content);
}

Element base_transfer(std::string_view cop_code, std::string_view cop_name, std::string_view dxp_id) {
  const auto field = [](const char* name, std::string_view text) {
    return Element{.name = name, .text = std::string(text), .children = {}};
  };
  return {.name = "BaseTransfer",
          .text = {},
          .children = {field("copCode", cop_code), field("copName", cop_name), field("dxpMode", "DXP"),
                       field("dxpId", dxp_id)}};
}

}  // namespace codecs::ceb

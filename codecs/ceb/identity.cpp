#include "codecs/ceb/identity.h"

#include <algorithm>

#include "codecs/ceb/canonical.h"
#include "codecs/ceb/place_in_shape.h"

namespace codecs::ceb {

namespace {

const Element* head_of(const schemas::MessageType& type, const Element& body) {
  return type.head.empty() ? &body : body.child(type.head);
}

std::string encoded(std::string_view part) {
  std::string text;
  for (const char c : part) {
    if (c == '%') {
      text += "%25";
    } else if (c == '/') {
      text += "%2F";
    } else {
      text += c;
    }
  }
  return text;
}

std::optional<unsigned> hexadecimal(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

// A '%' that begins no escape stands for itself: keys are also typed by people.
std::string decoded(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto high = part[i] == '%' && i + 2 < part.size() ? hexadecimal(part[i + 1]) : std::nullopt;
    const auto low = high ? hexadecimal(part[i + 2]) : std::nullopt;
    if (low) {
      text += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      text += part[i];
    }
  }
  return text;
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
  return key_from_parts(type.name, parts);
}

std::string key_from_parts(std::string_view type, const std::vector<std::string>& parts) {
  std::string key(type);
  for (const std::string& part : parts) key += '/' + encoded(part);
  return key;
}

std::vector<std::string> parts_of_key(std::string_view key) {
  std::vector<std::string> parts;
  for (auto slash = key.find('/'); slash != std::string_view::npos; slash = key.find('/')) {
    key.remove_prefix(slash + 1);
    parts.push_back(decoded(key.substr(0, key.find('/'))));
  }
  return parts;
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

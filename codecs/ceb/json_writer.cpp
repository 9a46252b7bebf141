#include <boost/json/array.hpp>

#include "codecs/ceb/foreign_xml.h"
#include "codecs/ceb/json_codec.h"

namespace codecs::ceb {

namespace {

namespace json = boost::json;

json::object write_members(const schemas::Node* shape, const Element& element);

json::value write_element(const schemas::Node* shape, const Element& element) {
  const bool is_container =
      shape != nullptr && shape->kind == schemas::NodeKind::container && !holds_foreign_xml(*shape);
  if (!element.children.empty() || (is_container && element.text.empty())) return write_members(shape, element);
  return json::string(element.text);
}

// A list node is an array. So is whatever comes twice although it may not: nothing that was read is left out.
void put(json::object& members, const schemas::Node* shape, const Element& element) {
  json::value value = write_element(shape, element);
  const auto found = members.find(element.name);
  if (found == members.end()) {
    const bool is_list = shape != nullptr && shape->repeats();
    members.emplace(element.name, is_list ? json::value(json::array{std::move(value)}) : std::move(value));
    return;
  }
  if (!found->value().is_array()) found->value() = json::array{std::move(found->value())};
  found->value().as_array().push_back(std::move(value));
}

json::object write_members(const schemas::Node* shape, const Element& element) {
  json::object members;
  for (const Element& child : element.children) {
    put(members, shape != nullptr ? shape->child(child.name) : nullptr, child);
  }
  return members;
}

json::array write_list(const schemas::Node* shape, const std::vector<Element>& elements) {
  json::array list;
  for (const Element& element : elements) list.push_back(write_element(shape, element));
  return list;
}

}  // namespace

json::object write_document(const schemas::MessageType& type, const Element& body) {
  return write_members(&type.business(), body);
}

json::object write_message(const schemas::MessageType& type, const Message& message) {
  json::object whole;
  whole["type"] = message.type;
  if (!message.guid.empty()) whole["guid"] = message.guid;
  whole["version"] = message.version;
  whole["documents"] = write_list(&type.business(), message.documents);
  if (message.transfer) whole["transfer"] = write_element(type.root.child("BaseTransfer"), *message.transfer);
  if (!message.subscribe.empty()) {
    whole["subscribe"] = write_list(type.root.child("BaseSubscribe"), message.subscribe);
  }
  if (message.extend) whole["extend"] = write_element(type.root.child("ExtendMessage"), *message.extend);
  return whole;
}

}  // namespace codecs::ceb

#include "tests/codecs/ceb/catalog.h"

#include <gtest/gtest.h>
#include <stdexcept>

#include "codecs/ceb/json_codec.h"
#include "tests/support/paths.h"

namespace codecs::ceb {

namespace {

template <class T>
T or_throw(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().path + ": " + result.faults().front().en);
  return std::move(result).value();
}

}  // namespace

const schemas::Catalog& catalog() {
  static const schemas::Catalog loaded = or_throw(schemas::Catalog::load(tests::schemas_directory(), "202205"));
  return loaded;
}

const schemas::MessageType& type_of(std::string_view name) {
  const auto* type = catalog().find(name);
  if (type == nullptr) throw std::runtime_error("no type " + std::string(name));
  return *type;
}

JsonNode json(std::string_view text) { return or_throw(read_json(text)); }

Element document(const schemas::MessageType& type, std::string_view text) {
  return or_throw(read_document(type, json(text), "")).body;
}

std::string told(const base::Faults& faults) {
  std::string line;
  for (const auto& fault : faults) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty()) << fault.code;
    line += (line.empty() ? "" : "; ") + fault.code + " " + fault.path;
  }
  return line;
}

std::string shown(const Element& element) {
  if (element.children.empty()) return element.name + "=\"" + element.text + "\"";
  std::string text = element.name + "{";
  for (const Element& child : element.children) text += shown(child) + " ";
  return text + "}";
}

std::string shown(const Message& message) {
  std::string text = message.type + " " + message.guid + " " + message.version + "\n";
  for (const Element& body : message.documents) text += shown(body) + "\n";
  if (message.transfer) text += shown(*message.transfer) + "\n";
  for (const Element& subscription : message.subscribe) text += shown(subscription) + "\n";
  if (message.extend) text += shown(*message.extend) + "\n";
  return text;
}

}  // namespace codecs::ceb

#include "tests/schemas/made_message.h"

#include <algorithm>
#include <stdexcept>

#include "tests/support/paths.h"

namespace tests {

using schemas::Node;
using schemas::NodeKind;

namespace {

constexpr const char* signature_content =
    "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
    "<ds:SignatureMethod Algorithm=\"http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3\"/><ds:Reference URI=\"\">"
    "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></ds:Transforms>"
    "<ds:DigestMethod "
    "Algorithm=\"http://www.chinaport.gov.cn/2022/04/xmldsig#sm3\"/><ds:DigestValue>AAAA</ds:DigestValue>"
    "</ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>";

void add_children(MadeElement& parent) {
  for (const Node& shape : parent.shape->children) {
    MadeElement made{&shape, "ceb:" + shape.name, {}, {}, {}};
    switch (shape.kind) {
      case NodeKind::container:
        add_children(made);
        break;
      case NodeKind::field:
        made.text = valid_text(shape.facets);
        break;
      case NodeKind::wildcard:
        made = {&shape, "anything", "<free/> text", " of=\"any\"", {}};
        break;
      case NodeKind::signature:
        made = {&shape, "ds:Signature", signature_content, {}, {}};
        break;
    }
    if (shape.repeats()) parent.children.push_back(made);
    parent.children.push_back(std::move(made));
  }
}

}  // namespace

MadeElement* MadeElement::child(std::string_view child_name) {
  const auto found = std::ranges::find(children, "ceb:" + std::string(child_name), &MadeElement::name);
  return found == children.end() ? nullptr : &*found;
}

const schemas::Catalog& catalog_202205() {
  static const auto catalog = schemas::Catalog::load(schemas_directory(), "202205");
  if (!catalog) throw std::runtime_error(catalog.faults().front().path + ": " + catalog.faults().front().en);
  return *catalog;
}

std::string valid_text(const schemas::Facets& facets) {
  if (facets.fixed_value) return *facets.fixed_value;
  switch (facets.base) {
    case schemas::BaseType::decimal:
      return "1.5";
    case schemas::BaseType::integer:
      return "1";
    case schemas::BaseType::date:
      return "2026-01-31";
    case schemas::BaseType::string:
      break;
  }
  return std::string(facets.length.value_or(std::min<std::size_t>(facets.max_length.value_or(3), 3)), '1');
}

MadeElement full_message(const schemas::MessageType& type) {
  MadeElement root{&type.root, "ceb:" + type.root.name, {}, {}, {}};
  for (const Node& attribute : type.root.attributes) {
    root.attributes += " " + attribute.name.substr(1) + "=\"" + valid_text(attribute.facets) + "\"";
  }
  add_children(root);
  return root;
}

std::string written(const MadeElement& message) {
  std::string text = "<" + message.name + message.attributes;
  if (message.shape != nullptr && !message.shape->attributes.empty()) {
    text +=
        " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:other=\"urn:other\"";
  }
  text += ">" + message.text;
  for (const MadeElement& child : message.children) text += "\n" + written(child);
  return text + "</" + message.name + ">";
}

void each_place(MadeElement& message, const Change& change) {
  for (std::size_t i = 0; i < message.children.size(); ++i) {
    if (i > 0 && message.children[i].shape == message.children[i - 1].shape) continue;
    each_place(message.children[i], change);
    const auto whole = message.children;
    change(message, i);
    message.children = whole;
  }
}

}  // namespace tests

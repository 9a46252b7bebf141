#include "tests/schemas/made_message.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "schemas/shape_reader.h"
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
    "</ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue><ds:KeyInfo><ds:KeyName>01</ds:KeyName>"
    "<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo>";

std::string prefixed(const Node& shape) {
  return (shape.namespace_uri == schemas::dxp_namespace ? "dxp:" : "ceb:") + shape.name;
}

std::string attributes_of(const Node& shape) {
  std::string text;
  for (const Node& attribute : shape.attributes) {
    if (attribute.min_occurs == 0) continue;
    text += " " + attribute.name.substr(1) + "=\"" + valid_text(attribute.facets) + "\"";
  }
  return text;
}

void add_children(MadeElement& parent) {
  for (const Node& shape : parent.shape->children) {
    MadeElement made{&shape, prefixed(shape), {}, attributes_of(shape), {}};
    switch (shape.kind) {
      case NodeKind::container:
        add_children(made);
        break;
      case NodeKind::field:
        made.text = valid_text(shape.facets);
        break;
      case NodeKind::anything:
        made.text = "<free/> text";
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

std::string written(const MadeElement& element, const std::string& namespaces) {
  std::string text = "<" + element.name + element.attributes + namespaces + ">" + element.text;
  for (const MadeElement& child : element.children) text += "\n" + written(child, "");
  return text + "</" + element.name + ">";
}

}  // namespace

MadeElement* MadeElement::child(std::string_view child_name) {
  const auto found = std::ranges::find_if(
      children, [&](const auto& one) { return one.shape != nullptr && one.shape->name == child_name; });
  return found == children.end() ? nullptr : &*found;
}

const schemas::Catalog& catalog_of(const std::string& edition) {
  static std::map<std::string, base::Result<schemas::Catalog>> loaded;
  auto at = loaded.find(edition);
  if (at == loaded.end()) at = loaded.emplace(edition, schemas::Catalog::load(schemas_directory(), edition)).first;
  if (!at->second) throw std::runtime_error(at->second.faults().front().path + ": " + at->second.faults().front().en);
  return *at->second;
}

const schemas::Catalog& catalog_202205() { return catalog_of("202205"); }

std::string valid_text(const schemas::Facets& facets) {
  if (facets.fixed_value) return *facets.fixed_value;
  switch (facets.base) {
    case schemas::BaseType::decimal:
      return "1.5";
    case schemas::BaseType::integer:
      return "1";
    case schemas::BaseType::date:
      return "2026-01-31";
    case schemas::BaseType::date_time:
      return "2026-01-31T09:30:00";
    case schemas::BaseType::base64:
      return "AAAA";
    case schemas::BaseType::id:
      return "a1";
    case schemas::BaseType::string:
      break;
  }
  return std::string(facets.length.value_or(std::min<std::size_t>(facets.max_length.value_or(3), 3)), '1');
}

MadeElement full_message(const Node& root) {
  MadeElement made{&root, prefixed(root), {}, attributes_of(root), {}};
  add_children(made);
  return made;
}

std::string written(const MadeElement& message) {
  constexpr const char* namespaces =
      " xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\" xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\""
      " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
      " xmlns:other=\"urn:other\"";
  return written(message, namespaces);
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

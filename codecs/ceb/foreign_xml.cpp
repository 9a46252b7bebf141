#include "codecs/ceb/foreign_xml.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/xml.h"

namespace codecs::ceb {

namespace {

using Namespaces = std::map<std::string, std::string>;  // "xmlns:x" -> URI

bool declares_namespace(std::string_view attribute) { return attribute == "xmlns" || attribute.starts_with("xmlns:"); }

bool root_declares(const Namespaces::value_type& declared) {
  return (declared.first == "xmlns:ceb" && declared.second == ceb_namespace) ||
         (declared.first == "xmlns:xsi" && declared.second == xsi_namespace);
}

Namespaces namespaces_in_scope(pugi::xml_node node) {
  Namespaces found;
  for (; node; node = node.parent()) {
    for (const auto& attribute : node.attributes()) {
      if (declares_namespace(attribute.name())) found.emplace(attribute.name(), attribute.value());
    }
  }
  return found;
}

void declare(pugi::xml_node element, const Namespaces& namespaces) {
  for (const auto& declared : namespaces) {
    if (root_declares(declared) || element.attribute(declared.first.c_str())) continue;
    element.append_attribute(declared.first.c_str()).set_value(declared.second.c_str());
  }
}

}  // namespace

bool holds_foreign_xml(const schemas::Node& shape) {
  return std::any_of(shape.children.begin(), shape.children.end(),
                     [](const schemas::Node& child) { return child.kind == schemas::NodeKind::wildcard; });
}

std::string foreign_xml_of(const pugi::xml_node& holder) {
  const Namespaces namespaces = namespaces_in_scope(holder);
  pugi::xml_document copy;
  std::ostringstream text;
  for (const auto& child : holder.children()) {
    auto copied = copy.append_copy(child);
    if (copied.type() == pugi::node_element) declare(copied, namespaces);
    copied.print(text, "", pugi::format_raw, pugi::encoding_utf8);
  }
  return text.str();
}

std::optional<std::string> foreign_xml_error(std::string_view text) {
  std::string whole = "<ceb:Message xmlns:ceb=\"" + std::string(ceb_namespace) + "\" xmlns:xsi=\"" +
                      std::string(xsi_namespace) + "\">" + std::string(text) + "</ceb:Message>";
  const auto read = base::XmlDocument::read(whole);
  if (read) return std::nullopt;
  return read.faults().front().en;
}

}  // namespace codecs::ceb

// What a wildcard of the schema lets in (the content of ExtendMessage/Message), kept as XML text that stands by itself
// under a root that declares xmlns:ceb and xmlns:xsi. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/shape.h"

namespace pugi {
class xml_node;
}

namespace codecs::ceb {

inline constexpr std::string_view ceb_namespace = "http://www.chinaport.gov.cn/ceb";
inline constexpr std::string_view xsi_namespace = "http://www.w3.org/2001/XMLSchema-instance";

bool holds_foreign_xml(const schemas::Node& shape);

// Everything inside the node, with the namespaces that were declared above it.
std::string foreign_xml_of(const pugi::xml_node& holder);

// What keeps the text from being the content of an element, in libxml2's words; nothing if it is well-formed.
std::optional<std::string> foreign_xml_error(std::string_view text);

}  // namespace codecs::ceb

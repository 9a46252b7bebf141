// Looks up the parts of one envelope by their local names and collects what is wrong with them. For this folder only;
// the document must outlive it.
#pragma once

#include <cstddef>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"

namespace codecs::dxp {

std::string_view local_name(const pugi::xml_node& node);

// The text of an element, CDATA included; what elements inside it hold follows in its order.
std::string text_of(const pugi::xml_node& node);

// "/dxp:DxpMsg/dxp:Data", whatever prefix the text uses.
std::string path_of(const pugi::xml_node& node);

class XmlFields {
 public:
  explicit XmlFields(base::Faults& faults) : faults_(faults) {}

  // An empty node where it is absent; dxp.repeated where it stands more than once.
  pugi::xml_node one(const pugi::xml_node& parent, std::string_view name);
  pugi::xml_node required(const pugi::xml_node& parent, std::string_view name);  // dxp.missing as well
  // Up to `most`, and dxp.too_many where there are more.
  std::vector<pugi::xml_node> several(const pugi::xml_node& parent, std::string_view name, std::size_t most);

  std::string text(const pugi::xml_node& parent, std::string_view name);  // "" where it is absent
  std::optional<std::string> text_if_present(const pugi::xml_node& parent, std::string_view name);

  void fault(std::string code, std::string path, std::string zh, std::string en);

 private:
  base::Faults& faults_;
};

}  // namespace codecs::dxp

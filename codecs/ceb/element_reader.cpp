#include "codecs/ceb/element_reader.h"

#include <algorithm>
#include <unordered_set>

#include "codecs/ceb/characters.h"
#include "codecs/ceb/field_schema.h"
#include "codecs/ceb/foreign_xml.h"
#include "codecs/ceb/json_pointer.h"

namespace codecs::ceb {

namespace {

using schemas::NodeKind;

bool may_be_distorted(std::string_view number) {
  if (number.find_first_of("eE") != std::string_view::npos) return true;
  const auto first = std::min(number.find_first_not_of("-0."), number.size());
  const auto digits =
      std::count_if(number.begin() + static_cast<std::ptrdiff_t>(first), number.end(), [](char c) { return c != '.'; });
  return static_cast<std::size_t>(digits) > most_number_digits;
}

struct Member {
  std::size_t place;  // in the schema's order
  const schemas::Node* shape;
  const std::string* name;
  const JsonNode* json;
};

Member member_of(const schemas::Node* shape, const JsonMember& member) {
  static const std::vector<schemas::Node> no_children;
  const auto& known = shape != nullptr ? shape->children : no_children;
  const auto found = std::find_if(known.begin(), known.end(), [&](const schemas::Node& child) {
    return child.name == member.first && (child.kind == NodeKind::container || child.kind == NodeKind::field);
  });
  return {.place = static_cast<std::size_t>(found - known.begin()),
          .shape = found == known.end() ? nullptr : &*found,
          .name = &member.first,
          .json = &member.second};
}

}  // namespace

Element ElementReader::read(const schemas::Node* shape, const std::string& name, const JsonNode& json,
                            const std::string& pointer) {
  if (shape != nullptr && holds_foreign_xml(*shape)) {
    Element holder = read_leaf(Allowed::xml_text, name, json, pointer);
    if (const auto error = foreign_xml_error(holder.text)) {
      faults_.add(foreign_fault(pointer, *error));
      holder.text.clear();
    }
    return holder;
  }
  const bool is_container = shape != nullptr && shape->kind == NodeKind::container;
  const bool may_hold_members = shape == nullptr || is_container;
  if (json.kind == JsonKind::object && may_hold_members) {
    return {.name = name, .text = {}, .children = read_members(shape, json, pointer)};
  }
  if (is_container) {
    faults_.add(kind_fault(pointer, name, Allowed::container, json.kind));
    return {.name = name, .text = {}, .children = {}};
  }
  return read_leaf(shape == nullptr ? Allowed::unknown_element : Allowed::field, name, json, pointer);
}

std::string ElementReader::read_text(const std::string& name, const JsonNode& json, const std::string& pointer) {
  return read_leaf(Allowed::text, name, json, pointer).text;
}

void ElementReader::read_member(const schemas::Node* shape, const std::string& name, const JsonNode& json,
                                const std::string& pointer, std::vector<Element>& out) {
  const bool is_list = shape == nullptr ? json.kind == JsonKind::array : shape->repeats();
  if (!is_list) {
    out.push_back(read(shape, name, json, pointer));
    return;
  }
  if (json.kind != JsonKind::array) return faults_.add(kind_fault(pointer, name, Allowed::list, json.kind));
  if (shape == nullptr && json.items.empty()) out.push_back({.name = name, .text = {}, .children = {}});
  for (std::size_t i = 0; i < json.items.size(); ++i) {
    out.push_back(read(shape, name, json.items[i], pointer_to(pointer, i)));
  }
}

std::vector<Element> ElementReader::read_members(const schemas::Node* shape, const JsonNode& json,
                                                 const std::string& pointer) {
  std::vector<Member> members;
  std::unordered_set<std::string_view> seen;
  for (const auto& posted : json.members) {
    const Member member = member_of(shape, posted);
    const bool known = member.shape != nullptr;
    if (!seen.insert(posted.first).second) {
      faults_.add(twice_fault(pointer_to(pointer, posted.first), posted.first));
    } else if (!known && !is_element_name(posted.first)) {
      faults_.add(name_fault(pointer_to(pointer, posted.first), posted.first));
    } else {
      members.push_back(member);
    }
  }
  std::stable_sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.place < b.place; });
  std::vector<Element> elements;
  for (const Member& member : members) {
    read_member(member.shape, *member.name, *member.json, pointer_to(pointer, *member.name), elements);
  }
  return elements;
}

Element ElementReader::read_leaf(Allowed allowed, const std::string& name, const JsonNode& json,
                                 const std::string& pointer) {
  const bool may_be_number = allowed == Allowed::field || allowed == Allowed::unknown_element;
  if (json.kind == JsonKind::number && may_be_number) {
    if (may_be_distorted(json.text)) faults_.add(number_fault(pointer, name));
  } else if (json.kind != JsonKind::string) {
    faults_.add(kind_fault(pointer, name, allowed, json.kind));
    return {.name = name, .text = {}, .children = {}};
  } else if (const auto character = uncarriable_character(json.text)) {
    faults_.add(character_fault(pointer, name, *character));
    return {.name = name, .text = {}, .children = {}};
  }
  return {.name = name, .text = json.text, .children = {}};
}

}  // namespace codecs::ceb

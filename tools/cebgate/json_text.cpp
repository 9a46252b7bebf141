#include "tools/cebgate/json_text.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tools::cebgate {

namespace {

void spread(const boost::json::value& value, const std::string& indent, std::string& out);

template <class Items, class WriteItem>
void spread_items(const Items& items, std::string_view brackets, const std::string& indent, std::string& out,
                  WriteItem write_item) {
  const std::string inner = indent + "  ";
  out += brackets[0];
  for (bool first = true; const auto& item : items) {
    out += (first ? "\n" : ",\n") + inner;
    write_item(item, inner);
    first = false;
  }
  if (!items.empty()) out += "\n" + indent;
  out += brackets[1];
}

void spread(const boost::json::value& value, const std::string& indent, std::string& out) {
  if (const auto* object = value.if_object()) {
    spread_items(*object, "{}", indent, out,
                 [&out](const boost::json::key_value_pair& member, const std::string& inner) {
                   out += boost::json::serialize(member.key()) + ": ";
                   spread(member.value(), inner, out);
                 });
  } else if (const auto* array = value.if_array()) {
    spread_items(*array, "[]", indent, out,
                 [&out](const boost::json::value& item, const std::string& inner) { spread(item, inner, out); });
  } else {
    out += boost::json::serialize(value);
  }
}

template <class Items, class TextOf>
std::string joined(const Items& items, std::string_view brackets, TextOf item_text) {
  std::string out(1, brackets[0]);
  for (const auto& item : items) {
    if (out.size() > 1) out += ",";
    out += item_text(item);
  }
  return out + brackets[1];
}

}  // namespace

std::string pretty(const boost::json::value& value) {
  std::string out;
  spread(value, "", out);
  return out + "\n";
}

std::string exact(const codecs::ceb::JsonNode& node) {
  using codecs::ceb::JsonKind;
  switch (node.kind) {
    case JsonKind::object:
      return joined(node.members, "{}", [](const auto& member) {
        return boost::json::serialize(member.first) + ":" + exact(member.second);
      });
    case JsonKind::array:
      return joined(node.items, "[]", [](const codecs::ceb::JsonNode& item) { return exact(item); });
    case JsonKind::string:
      return boost::json::serialize(node.text);
    case JsonKind::number:
    case JsonKind::boolean:
      return node.text;
    case JsonKind::null:
      break;
  }
  return "null";
}

std::string text_of(const boost::json::value& object, std::string_view name) {
  const auto* members = object.if_object();
  const boost::json::value* member = members == nullptr ? nullptr : members->if_contains(name);
  if (member == nullptr || member->is_null()) return "";
  if (const auto* text = member->if_string()) return std::string(*text);
  return boost::json::serialize(*member);
}

boost::json::value read_answer(std::string_view body) {
  boost::json::error_code error;
  boost::json::parse_options options;
  options.max_depth = 128;  // a document may nest 64 deep inside the answer
  boost::json::value value = boost::json::parse(body, error, {}, options);
  return error ? boost::json::value() : value;
}

const boost::json::array& array_of(const boost::json::value& object, std::string_view name) {
  static const boost::json::array none;
  const auto* members = object.if_object();
  const boost::json::value* member = members == nullptr ? nullptr : members->if_contains(name);
  const boost::json::array* array = member == nullptr ? nullptr : member->if_array();
  return array == nullptr ? none : *array;
}

}  // namespace tools::cebgate

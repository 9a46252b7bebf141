#include "codecs/ceb/json_schema.h"

#include <boost/json/array.hpp>
#include <map>

#include "codecs/ceb/field_schema.h"
#include "codecs/ceb/identity.h"

namespace codecs::ceb {

namespace {

namespace json = boost::json;
using schemas::Node;
using schemas::NodeKind;

constexpr std::string_view what_is_not_said_here =
    "JSON 数字按其书写的字符读取：带指数或超过 15 位有效数字的一律拒绝（请改用字符串），小数位数过多、"
    "不按最简形式书写而过长的也会拒绝，本模式无法表示。同一对象中重复的名称一律拒绝。字段之间的规则和代码表另行校验。 "
    "/ "
    "A JSON number is read by the characters it is written with: one with an exponent or more than 15 significant "
    "digits "
    "is refused (send a string), so is one with too many decimals, or one that is too long because it is not in its "
    "shortest spelling; a schema cannot say this. A name that comes twice in an object is refused. Rules across fields "
    "and code tables are judged beyond this schema.";

class SchemaMaker {
 public:
  explicit SchemaMaker(const schemas::MessageType& type) : type_(type) {}

  json::object make(std::string_view edition) {
    json::object schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"$id", schema_path(type_)},
        {"title", type_.title_zh + " / " + type_.title_en},
        {"description", type_.name + " 的一份单证（" + type_.business_node + "），报文规范 " + std::string(edition) +
                            " / One document of " + type_.name + ", edition " + std::string(edition)},
        {"$comment", what_is_not_said_here}};
    add_members(schema, type_.business());
    json::object definitions;
    for (auto& [name, definition] : definitions_) definitions[name] = std::move(definition);
    schema["$defs"] = std::move(definitions);
    return schema;
  }

 private:
  void add_members(json::object& schema, const Node& shape) {
    json::object properties;
    json::array required;
    for (const Node& child : shape.children) {
      if (child.kind != NodeKind::container && child.kind != NodeKind::field) continue;
      properties[child.name] = described(shape, child);
      if (child.min_occurs > 0 && !is_filled_in(shape, child)) required.emplace_back(json::string(child.name));
    }
    schema["type"] = "object";
    schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    schema["properties"] = std::move(properties);
  }

  bool is_filled_in(const Node& parent, const Node& child) const {
    const bool is_posted = type_.kind == schemas::MessageKind::declaration;
    return is_posted && &parent == &type_.head_node() && fills_in(type_, child.name);
  }

  json::object described(const Node& parent, const Node& node) {
    std::string description = node.clause;
    if (!node.code_table.empty()) description += "；代码表 / code table " + node.code_table;
    if (is_filled_in(parent, node)) description += "；缺省时由网关填写 / filled in when absent";
    json::object schema{{"title", node.title_zh}, {"description", std::move(description)}};
    if (!node.repeats()) {
      add_value(schema, node);
      return schema;
    }
    json::object item;
    add_value(item, node);
    schema["type"] = "array";
    if (node.min_occurs > 0) schema["minItems"] = node.min_occurs;
    if (node.max_occurs != schemas::unbounded) schema["maxItems"] = node.max_occurs;
    schema["items"] = std::move(item);
    return schema;
  }

  // Formats that many fields share are defined once.
  void add_value(json::object& schema, const Node& node) {
    if (node.kind == NodeKind::container) return add_members(schema, node);
    const json::object value = field_schema(node.facets);
    const bool has_value = node.facets.fixed_value || node.facets.default_value;
    if (!has_value) {
      const bool is_collapsed = node.facets.base == schemas::BaseType::string && node.facets.collapses_white_space;
      const std::string format = format_of(node.facets) + (is_collapsed ? "-collapse" : "");
      if (definitions_.try_emplace(format, value).first->second == value) {
        schema["$ref"] = "#/$defs/" + format;
        return;
      }
    }
    for (const auto& [name, part] : value) schema[name] = part;
  }

  const schemas::MessageType& type_;
  std::map<std::string, json::object> definitions_;
};

}  // namespace

std::string schema_path(const schemas::MessageType& type) { return "/v1/catalog/" + type.name + "/schema.json"; }

json::object document_schema(const schemas::MessageType& type, std::string_view edition) {
  return SchemaMaker(type).make(edition);
}

}  // namespace codecs::ceb

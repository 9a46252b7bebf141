#include "codecs/ceb/catalog_json.h"

#include <algorithm>
#include <string_view>

#include "codecs/ceb/field_schema.h"
#include "codecs/ceb/json_schema.h"

namespace codecs::ceb {

namespace {

namespace json = boost::json;
using schemas::MessageType;
using schemas::Node;
using schemas::NodeKind;

json::array words(const std::vector<std::string>& list) { return json::array(list.begin(), list.end()); }

template <class Number>
void add(json::object& object, std::string_view name, const std::optional<Number>& value) {
  if (value) object[name] = *value;
}

void collect(const MessageType& type, const Node& parent, const std::string& path, std::vector<PlacedField>& fields) {
  const auto& masked = type.private_fields;
  for (const Node& attribute : parent.attributes) fields.push_back({path + attribute.name, &attribute, false});
  for (const Node& child : parent.children) {
    fields.push_back({path + child.name, &child, std::find(masked.begin(), masked.end(), child.name) != masked.end()});
    collect(type, child, path + child.name + "/", fields);
  }
}

std::string_view word(NodeKind kind) {
  switch (kind) {
    case NodeKind::container:
      return "container";
    case NodeKind::field:
      return "field";
    case NodeKind::wildcard:
    case NodeKind::anything:
      return "any";
    case NodeKind::signature:
      break;
  }
  return "signature";
}

json::object description(const PlacedField& field) {
  const Node& node = *field.node;
  json::object about{{"path", field.path},
                     {"name", node.name},
                     {"title_zh", node.title_zh},
                     {"kind", node.name.starts_with('@') ? "attribute" : word(node.kind)},
                     {"required", node.min_occurs > 0},
                     {"repeats", node.repeats()},
                     {"clause", node.clause},
                     {"masked", field.is_private}};
  if (node.repeats() && node.max_occurs != schemas::unbounded) about["most"] = node.max_occurs;
  if (node.kind != NodeKind::field) return about;
  const schemas::Facets& facets = node.facets;
  about["format"] = format_of(facets);
  about["base"] = schemas::word(facets.base);
  about["code_table"] = node.code_table;
  about["collapses_white_space"] = facets.collapses_white_space;
  add(about, "length", facets.length);
  add(about, "min_length", facets.min_length);
  add(about, "max_length", facets.max_length);
  add(about, "total_digits", facets.total_digits);
  add(about, "fraction_digits", facets.fraction_digits);
  add(about, "fixed", facets.fixed_value);
  add(about, "default", facets.default_value);
  return about;
}

}  // namespace

std::vector<PlacedField> fields_of(const MessageType& type) {
  std::vector<PlacedField> fields;
  collect(type, type.root, "", fields);
  return fields;
}

std::optional<unsigned> most_rows(const MessageType& type) {
  const Node* list = type.business().child(type.list);
  if (list == nullptr || list->max_occurs == schemas::unbounded) return std::nullopt;
  return list->max_occurs;
}

std::vector<std::string> receipt_key(const schemas::Catalog& catalog, const MessageType& type) {
  const MessageType* receipt = catalog.find(type.receipt);
  return receipt == nullptr ? std::vector<std::string>{} : receipt->key_fields;
}

json::object describe(const schemas::Catalog& catalog, const MessageType& type) {
  json::object about{{"name", type.name},
                     {"title_zh", type.title_zh},
                     {"title_en", type.title_en},
                     {"kind", schemas::word(type.kind)},
                     {"direction", type.direction},
                     {"business_node", type.business_node},
                     {"head", type.head},
                     {"list", type.list},
                     {"key", words(type.key_fields)},
                     {"numbers", words(type.number_fields)},
                     {"masked", words(type.private_fields)},
                     {"roles", words(type.roles)},
                     {"receipt", type.receipt},
                     {"receipt_key", words(receipt_key(catalog, type))},
                     {"answers", type.answers},
                     {"schema", schema_path(type)}};
  if (type.most_documents != schemas::unbounded) about["most_documents"] = type.most_documents;
  add(about, "most_rows", most_rows(type));
  return about;
}

json::array describe_fields(const MessageType& type) {
  json::array list;
  for (const PlacedField& field : fields_of(type)) list.push_back(description(field));
  return list;
}

json::array describe_statuses(const schemas::Catalog& catalog, const MessageType& type) {
  json::array list;
  for (const schemas::ListedAnswer& row : catalog.listed_answers(type.name)) {
    for (const schemas::Answer& answer : row.meanings) {
      list.push_back({{"status", row.status},
                      {"app_type", row.app_type},
                      {"app_status", row.app_status},
                      {"effect", schemas::word(answer.effect)},
                      {"outcome", answer.outcome},
                      {"zh", answer.zh},
                      {"en", answer.en}});
    }
  }
  return list;
}

}  // namespace codecs::ceb

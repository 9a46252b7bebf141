#include "gateway/intake/catalog_pages.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <vector>

#include "gateway/intake/openapi.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

json::array words(const std::vector<std::string>& list) { return json::array(list.begin(), list.end()); }

json::object about(const schemas::MessageType& type) {
  return {{"type", type.name},
          {"zh", type.title_zh},
          {"en", type.title_en},
          {"kind", word(type.kind)},
          {"direction", type.direction},
          {"key", words(type.key_fields)},
          {"roles", words(type.roles)},
          {"receipt", type.receipt},
          {"answers", type.answers},
          {"most_documents", type.most_documents},
          {"href", "/v1/catalog/" + type.name}};
}

template <class Number>
void add(json::object& object, std::string_view name, const std::optional<Number>& value) {
  if (value) object[name] = *value;
}

json::object field(const schemas::MessageType& type, const schemas::Node& node, const std::string& path) {
  const auto& masked = type.private_fields;
  json::object field{{"path", path},
                     {"name", node.name},
                     {"zh", node.title_zh},
                     {"kind", node.kind == schemas::NodeKind::container ? "container" : "field"},
                     {"required", node.min_occurs > 0},
                     {"repeats", node.repeats()},
                     {"clause", node.clause},
                     {"private", std::find(masked.begin(), masked.end(), node.name) != masked.end()}};
  if (node.repeats() && node.max_occurs != schemas::unbounded) field["most"] = node.max_occurs;
  if (node.kind != schemas::NodeKind::field) return field;
  field["base"] = schemas::word(node.facets.base);
  add(field, "length", node.facets.length);
  add(field, "min_length", node.facets.min_length);
  add(field, "max_length", node.facets.max_length);
  add(field, "total_digits", node.facets.total_digits);
  add(field, "fraction_digits", node.facets.fraction_digits);
  add(field, "fixed", node.facets.fixed_value);
  add(field, "default", node.facets.default_value);
  return field;
}

void add_fields(json::array& fields, const schemas::MessageType& type, const schemas::Node& parent,
                const std::string& path) {
  for (const schemas::Node& node : parent.children) {
    if (node.kind != schemas::NodeKind::container && node.kind != schemas::NodeKind::field) continue;
    const std::string place = path.empty() ? node.name : path + "/" + node.name;
    fields.push_back(field(type, node, place));
    add_fields(fields, type, node, place);
  }
}

http::Response unknown_type() {
  return http::Response::problem(404, "no such message type",
                                 {views::fault("api.unknown_type", "", "没有这种报文类型，见 /v1/catalog。",
                                               "There is no such message type; see /v1/catalog.")});
}

}  // namespace

CatalogPages::CatalogPages(const schemas::Catalog& catalog) {
  json::array types;
  for (const schemas::MessageType& type : catalog.types()) {
    json::object page = about(type);
    types.push_back(page);
    json::array fields;
    add_fields(fields, type, type.business(), "");
    page["fields"] = std::move(fields);
    pages_[type.name] = json::serialize(page);
  }
  types_ = json::serialize(json::object{{"edition", catalog.edition()}, {"types", std::move(types)}});
  openapi_ = openapi_text(catalog);
}

boost::asio::awaitable<http::Response> CatalogPages::types(http::Request) const {
  co_return http::Response::json(200, types_);
}

boost::asio::awaitable<http::Response> CatalogPages::type(http::Request request) const {
  const auto page = pages_.find(request.places["type"]);
  if (page == pages_.end()) co_return unknown_type();
  co_return http::Response::json(200, page->second);
}

boost::asio::awaitable<http::Response> CatalogPages::openapi(http::Request) const {
  co_return http::Response::json(200, openapi_);
}

}  // namespace gateway::intake

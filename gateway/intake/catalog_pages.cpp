#include "gateway/intake/catalog_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>
#include <utility>

#include "codecs/ceb/catalog_json.h"
#include "codecs/ceb/json_schema.h"
#include "gateway/intake/openapi.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

// The page of a type, without its fields.
json::object about(const schemas::Catalog& catalog, const schemas::MessageType& type) {
  json::object page = codecs::ceb::describe(catalog, type);
  page["href"] = "/v1/catalog/" + type.name;
  return page;
}

http::Response unknown_type() {
  return http::Response::problem(404, "no such message type",
                                 {views::fault("api.unknown_type", "", "没有这种报文类型，见 /v1/catalog。",
                                               "There is no such message type; see /v1/catalog.")});
}

}  // namespace

CatalogPages::CatalogPages(const schemas::Catalog& catalog, const config::Server& server)
    : scheme_(server.certificate ? "https://" : "http://"), openapi_(openapi_of(catalog)) {
  json::array types;
  for (const schemas::MessageType& type : catalog.types()) {
    json::object page = about(catalog, type);
    types.push_back(page);
    page["fields"] = codecs::ceb::describe_fields(type);
    page["statuses"] = codecs::ceb::describe_statuses(catalog, type);
    pages_[type.name] = json::serialize(page);
    schemas_[type.name] = json::serialize(codecs::ceb::document_schema(type, catalog.edition()));
  }
  types_ = json::serialize(json::object{{"edition", catalog.edition()}, {"types", std::move(types)}});
}

boost::asio::awaitable<http::Response> CatalogPages::types(http::Request) const {
  co_return http::Response::json(200, types_);
}

boost::asio::awaitable<http::Response> CatalogPages::type(http::Request request) const {
  const auto page = pages_.find(request.places["type"]);
  if (page == pages_.end()) co_return unknown_type();
  co_return http::Response::json(200, page->second);
}

boost::asio::awaitable<http::Response> CatalogPages::schema(http::Request request) const {
  const auto schema = schemas_.find(request.places["type"]);
  if (schema == schemas_.end()) co_return unknown_type();
  co_return http::Response::text(200, schema->second, "application/schema+json");
}

boost::asio::awaitable<http::Response> CatalogPages::openapi(http::Request request) const {
  json::object described = openapi_;
  const std::string_view host = request.headers.get("Host");
  if (!host.empty()) described["servers"] = json::array{json::object{{"url", scheme_ + std::string(host)}}};
  co_return http::Response::json(200, json::serialize(described));
}

}  // namespace gateway::intake

// The catalog and the description of the API, for the developers of an ERP: made once from the schemas' shapes.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>

#include "gateway/http/router.h"
#include "schemas/catalog.h"

namespace gateway::intake {

class CatalogPages {
 public:
  explicit CatalogPages(const schemas::Catalog& catalog);

  boost::asio::awaitable<http::Response> types(http::Request request) const;
  boost::asio::awaitable<http::Response> type(http::Request request) const;
  boost::asio::awaitable<http::Response> schema(http::Request request) const;  // of the type's documents
  boost::asio::awaitable<http::Response> openapi(http::Request request) const;

 private:
  std::string types_, openapi_;
  std::map<std::string, std::string> pages_, schemas_;  // by type
};

}  // namespace gateway::intake

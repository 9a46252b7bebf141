// The catalog and the description of the API, for the developers of an ERP: made once from the schemas' shapes.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "config/settings.h"
#include "gateway/http/router.h"
#include "schemas/catalog.h"

namespace gateway::intake {

class CatalogPages {
 public:
  CatalogPages(const schemas::Catalog& catalog, const config::Server& server);

  boost::asio::awaitable<http::Response> types(http::Request request) const;
  boost::asio::awaitable<http::Response> type(http::Request request) const;
  boost::asio::awaitable<http::Response> schema(http::Request request) const;  // of the type's documents
  // With the address that it was asked for at, so that an import can call it as it is.
  boost::asio::awaitable<http::Response> openapi(http::Request request) const;

 private:
  std::string types_, scheme_;
  boost::json::object openapi_;
  std::map<std::string, std::string> pages_, schemas_;  // by type
};

}  // namespace gateway::intake

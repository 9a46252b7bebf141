// The code tables of customs, for forms and look-ups of an ERP.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "gateway/http/router.h"
#include "schemas/code_tables.h"

namespace gateway::intake {

class CodePages {
 public:
  explicit CodePages(const schemas::CodeTables& tables);

  boost::asio::awaitable<http::Response> tables(http::Request request) const;
  // ?q= a code, or a part of a name in either language; without it the whole table.
  boost::asio::awaitable<http::Response> table(http::Request request) const;

 private:
  const schemas::CodeTables& tables_;
};

}  // namespace gateway::intake

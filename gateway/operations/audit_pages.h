// GET /v1/audit and /v1/audit/verification: what persons did, and whether the record of it is whole. Whoever may not
// see every enterprise sees acts on its own ones' things, and what it did itself. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class AuditPages {
 public:
  explicit AuditPages(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> verification(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::operations

// /v1/documents/{id}/actions: GET tells what is allowed now, POST does it: a person holds, releases, withdraws or
// amends a document or sends it again. What is allowed is lifecycle's to say; the move is written only if the document
// is still as it was read. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"
#include "gateway/operations/orders.h"

namespace gateway::operations {

class Actions {
 public:
  explicit Actions(Parts parts) : parts_(std::move(parts)) {}
  boost::asio::awaitable<http::Response> allowed(http::Request request) const;
  boost::asio::awaitable<http::Response> act(http::Request request) const;

 private:
  // Both block: they look and move in the ledger.
  http::Response tell_allowed(const http::Caller& caller, const std::string& id) const;
  http::Response carry_out(const http::Caller& caller, const std::string& id, const Order& order) const;

  Parts parts_;
};

}  // namespace gateway::operations

// /v1/inbound: what came from ports, by what became of it; and what matched nothing, could not be read or was taken for
// another system's is tried anew. A client sees what came for the DXPIDs of its enterprises; the text is shown masked,
// the bytes to operators only. Runs on the I/O thread, the ledger on `store`.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class InboundPages {
 public:
  explicit InboundPages(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> one(http::Request request) const;
  boost::asio::awaitable<http::Response> match(http::Request request) const;
  boost::asio::awaitable<http::Response> match_one(http::Request request) const;

 private:
  bool may_see(const http::Caller& caller, const ledger::InboundRow& row) const;

  Parts parts_;
};

}  // namespace gateway::operations

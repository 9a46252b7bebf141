// GET /v1/signings: what keys have signed for other systems, newest first; a caller sees its enterprises only. Runs on
// the I/O thread, the ledger on `store`.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/http/router.h"
#include "gateway/signatures/signatures.h"

namespace gateway::signatures {

class Signings {
 public:
  explicit Signings(Parts parts) : parts_(std::move(parts)) {}
  boost::asio::awaitable<http::Response> list(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::signatures

// The evidence of a document as one zip: what was asked, sent, answered and received, and the chain of it. A client
// sees its enterprises only. The ledger is read on `store`, the zip made on `work`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <utility>

#include "gateway/http/router.h"
#include "gateway/intake/intake.h"

namespace gateway::intake {

class Proving {
 public:
  explicit Proving(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> evidence(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::intake

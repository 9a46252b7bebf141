// Who looks after a document: a colleague, or its ERP, which is then told. Runs on the I/O thread, the ledger on its
// pool.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>

#include "gateway/casework/casework.h"

namespace gateway::casework {

class Assignments {
 public:
  explicit Assignments(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> show(http::Request request) const;
  boost::asio::awaitable<http::Response> assign(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::casework

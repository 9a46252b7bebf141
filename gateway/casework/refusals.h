// Refused documents in groups that one correction may set right: by the code that customs refused them with, or by code
// and goods. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <utility>

#include "gateway/casework/casework.h"

namespace gateway::casework {

class Refusals {
 public:
  explicit Refusals(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> groups(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::casework

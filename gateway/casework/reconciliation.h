// How a day's documents stand, by enterprise, port and type. Runs on the I/O thread, the ledger on its pool.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <utility>

#include "gateway/casework/casework.h"

namespace gateway::casework {

class Reconciliation {
 public:
  explicit Reconciliation(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> of_a_day(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::casework

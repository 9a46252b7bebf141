// /v1/ports: how each port is doing, and what persons order of it: a rest, its end, how much goes at the same time.
// Orders stand in the ledger; every gateway on it obeys. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class PortPages {
 public:
  explicit PortPages(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> act(http::Request request) const;

 private:
  struct Found;
  boost::asio::awaitable<std::vector<Found>> find(std::vector<std::string> names, const http::Caller& caller) const;
  // A port is everybody's who sends by it.
  bool may_order(const http::Caller& caller, const std::string& port) const;

  Parts parts_;
};

}  // namespace gateway::operations

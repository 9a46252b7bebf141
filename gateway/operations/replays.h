// /v1/replays: orders for many documents, previewed and then carried out at their pace (docs/formats/replays.md).
// Whoever may not see all the enterprises of an order does not see the order. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"
#include "gateway/operations/previews.h"

namespace gateway::operations {

class Replays {
 public:
  explicit Replays(Parts parts) : parts_(parts), previews_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> post(http::Request request) const;
  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> one(http::Request request) const;
  boost::asio::awaitable<http::Response> stop(http::Request request) const;

 private:
  boost::asio::awaitable<http::Response> run(const http::Caller& caller, const ReplayOrder& wanted) const;
  boost::asio::awaitable<http::Response> shown(unsigned status, std::int64_t id) const;
  // Nothing: there is none, or the caller may not see it.
  boost::asio::awaitable<std::optional<ledger::Replay>> find(const http::Caller& caller, std::int64_t id) const;

  Parts parts_;
  Previews previews_;
};

}  // namespace gateway::operations

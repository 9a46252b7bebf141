// GET /v1/notices: what clients were told, and what they have not heard; POST …/resend has notices told again. Who is
// no operator sees its own notices alone: what another client answers is not its business. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

inline constexpr std::size_t most_resent = 10'000;  // by one order

class Notices {
 public:
  explicit Notices(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> resend(http::Request request) const;
  boost::asio::awaitable<http::Response> resend_all(http::Request request) const;

 private:
  http::Response count_resent(std::size_t count) const;

  Parts parts_;
};

}  // namespace gateway::operations

// GET /v1/keys: every key of the enterprises that the caller may see, how it stands and what its certificate says. Runs
// on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class KeyPages {
 public:
  explicit KeyPages(Parts parts) : parts_(std::move(parts)) {}
  boost::asio::awaitable<http::Response> list(http::Request request) const;

 private:
  Parts parts_;
};

}  // namespace gateway::operations

// POST /v1/verify: the verdict on a message's signature, step by step, with the likely cause. Runs on the I/O thread,
// the judging on `work`.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

#include "gateway/http/router.h"
#include "gateway/signatures/signatures.h"

namespace gateway::signatures {

class Verifying {
 public:
  explicit Verifying(Parts parts) : parts_(std::move(parts)) {}
  boost::asio::awaitable<http::Response> verify(http::Request request) const;

 private:
  http::Response verdict(std::string_view xml, const config::Enterprise* enterprise, std::string_view canonical) const;

  Parts parts_;
};

}  // namespace gateway::signatures

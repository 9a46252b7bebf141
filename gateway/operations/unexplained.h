// GET /v1/codes/unexplained: the codes customs sent that no table explains, so that a person can ask and write them
// down. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class Unexplained {
 public:
  explicit Unexplained(Parts parts) : parts_(std::move(parts)) {}
  boost::asio::awaitable<http::Response> codes(http::Request request) const;

 private:
  // Counted when nobody knew it; tables may have learnt it since.
  bool is_still_unknown(const ledger::UnexplainedCode& code) const;

  Parts parts_;
};

}  // namespace gateway::operations

// What machines watch: liveness, readiness, and measures as Prometheus text. A port that is away is shown but does not
// make the gateway unready: documents wait, nothing is lost. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class Watching {
 public:
  explicit Watching(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> healthz(http::Request request) const;
  boost::asio::awaitable<http::Response> readyz(http::Request request) const;
  boost::asio::awaitable<http::Response> metrics(http::Request request) const;

 private:
  std::vector<PortHealth> ports() const;
  std::vector<keys::KeyReport> keys() const;
  // Why the ledger cannot be written; empty: it can. Blocks.
  std::string ledger_trouble() const;

  Parts parts_;
};

}  // namespace gateway::operations

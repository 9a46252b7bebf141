// GET /v1/overview and /v1/alerts: how everything stands for the caller's enterprises, in one answer that is made no
// more than once a second for all who see the same; and troubles that began and ended. Runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "gateway/http/router.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

class OverviewPages {
 public:
  explicit OverviewPages(Parts parts) : parts_(std::move(parts)) {}

  boost::asio::awaitable<http::Response> overview(http::Request request);
  boost::asio::awaitable<http::Response> alerts(http::Request request);

 private:
  using Steady = std::chrono::steady_clock;
  struct Made {
    Steady::time_point at;
    http::Response answer;
  };

  boost::asio::awaitable<http::Response> make(const http::Caller& caller) const;

  Parts parts_;
  std::map<std::vector<std::string>, Made> made_;  // by whose figures they are
};

}  // namespace gateway::operations

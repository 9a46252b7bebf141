// Connections to one port: as many at most as calls were ever under way at once, each used again while it is young. One
// thread; a call outlives neither it nor what it was given.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <vector>

#include "gateway/http/session.h"

namespace gateway::channels {

class RestingSessions {
 public:
  boost::asio::awaitable<http::Exchange> send(http::Call call);

 private:
  // A connection that is open and serves no call.
  struct Resting {
    http::Session session;
    std::chrono::steady_clock::time_point since;
  };

  http::Session rested();

  std::vector<Resting> resting_;  // the last used is the last
};

}  // namespace gateway::channels

#include "gateway/channels/resting_sessions.h"

#include <utility>

namespace gateway::channels {

namespace {

// Servers close what is idle after 5 s and more. A call that leaves as they do is unknown to have arrived: such a
// connection is not used again.
constexpr std::chrono::seconds longest_rest{2};

}  // namespace

http::Session RestingSessions::rested() {
  const auto earliest = std::chrono::steady_clock::now() - longest_rest;
  std::erase_if(resting_, [earliest](const Resting& one) { return one.since < earliest; });
  if (resting_.empty()) return http::Session();
  http::Session session = std::move(resting_.back().session);
  resting_.pop_back();
  return session;
}

boost::asio::awaitable<http::Exchange> RestingSessions::send(http::Call call) {
  http::Session session = rested();
  http::Exchange exchange = co_await session.send(std::move(call));
  resting_.push_back({std::move(session), std::chrono::steady_clock::now()});
  co_return exchange;
}

}  // namespace gateway::channels

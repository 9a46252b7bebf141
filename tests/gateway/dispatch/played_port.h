// A port that the test plays: it answers at once, or holds every call until it is let go; it counts what is under way.
#pragma once

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/channels/channel.h"

namespace tests {

class PlayedPort final : public gateway::channels::Channel {
 public:
  boost::asio::awaitable<gateway::channels::Answer> send(gateway::channels::Outgoing message) override {
    sent.push_back(std::move(message.envelope));
    ++under_way;
    EXPECT_LE(under_way, allowed()) << "more at the same time than the port allows";
    if (holds) co_await hold();
    --under_way;
    co_return answer_once ? *std::exchange(answer_once, std::nullopt) : answer;
  }
  std::vector<gateway::channels::Source> sources() const override { return {}; }
  boost::asio::awaitable<base::Result<std::vector<gateway::channels::Received>>> receive(
      gateway::channels::Window) override {
    co_return std::vector<gateway::channels::Received>{};
  }
  boost::asio::awaitable<void> acknowledge(gateway::channels::Window) override { co_return; }
  gateway::channels::Health health() const override { return {true, "played"}; }

  void let_go_first() { held_.front()->cancel(); }
  void let_go() {
    for (boost::asio::steady_timer* timer : held_) timer->cancel();
  }

  gateway::channels::Answer answer{gateway::channels::Outcome::confirmed, "OK"};
  std::optional<gateway::channels::Answer> answer_once;  // before it
  bool holds = false;
  std::function<std::size_t()> allowed;
  std::vector<std::string> sent;
  std::size_t under_way = 0;

 private:
  boost::asio::awaitable<void> hold() {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    boost::system::error_code cut_short;
    held_.push_back(&timer);
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    std::erase(held_, &timer);
  }

  std::vector<boost::asio::steady_timer*> held_;  // in their order
};

}  // namespace tests

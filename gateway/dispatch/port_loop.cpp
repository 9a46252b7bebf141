#include "gateway/dispatch/port_loop.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/ledger/trouble_line.h"

namespace gateway::dispatch {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::seconds longest_rest{1};
constexpr std::chrono::seconds rest_after_trouble{2};

}  // namespace

PortLoop::PortLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port)
    : executor_(executor), parts_(parts), port_(port), bell_(executor) {}

void PortLoop::start() {
  auto ring = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->wake();
  };
  lanes_ = std::make_shared<SealLanes>(executor_, parts_, port_, ring);
  sender_ = std::make_shared<Sender>(executor_, parts_, port_, ring);
  running_ = true;
  boost::asio::co_spawn(
      executor_, [](std::shared_ptr<PortLoop> self) -> awaitable<void> { co_await self->run(); }(shared_from_this()),
      boost::asio::detached);
}

void PortLoop::wake() {
  rung_ = true;
  bell_.cancel();
}

void PortLoop::stop() {
  stopping_ = true;
  if (lanes_) lanes_->stop();
  if (sender_) sender_->stop();
  wake();
}

awaitable<void> PortLoop::finished(std::chrono::steady_clock::time_point deadline) {
  while ((running_ || !sender_->is_idle() || !lanes_->is_idle()) && std::chrono::steady_clock::now() < deadline) {
    co_await pause(std::chrono::milliseconds(20));
  }
}

awaitable<void> PortLoop::run() {
  while (!stopping_) {
    bool failed = false;
    Progress progress;
    try {
      progress = co_await round();
    } catch (const std::exception& error) {
      failed = true;
      ledger::log_trouble("dispatch", "port " + port_.name + ": ", error);
    }
    if (failed) {
      co_await pause(rest_after_trouble);
    } else if (!progress.made && !stopping_) {
      co_await rest(progress.again);
    }
  }
  running_ = false;
}

awaitable<void> PortLoop::rest(std::optional<base::Time> until) {
  if (!rung_) {
    std::chrono::milliseconds length = longest_rest;
    if (until) length = std::clamp(*until - parts_.clock.now(), std::chrono::milliseconds(1), length);
    boost::system::error_code cut_short;
    bell_.expires_after(length);
    co_await bell_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
  }
  rung_ = false;
}

awaitable<void> PortLoop::pause(std::chrono::milliseconds length) {
  boost::asio::steady_timer timer(executor_, length);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

awaitable<Progress> PortLoop::round() {
  const Progress sealed = co_await lanes_->open_due();
  const Progress sent = co_await sender_->send_due();
  Progress both{.made = sealed.made || sent.made, .again = sealed.again};
  if (sent.again) both.again = std::min(*sent.again, both.again.value_or(*sent.again));
  co_return both;
}

}  // namespace gateway::dispatch

#include "gateway/dispatch/port_loop.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "base/log.h"

namespace gateway::dispatch {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::seconds longest_rest{1};
// Each message that is sealed or answered rings; looking for each of them would take longer than sending it.
constexpr std::chrono::milliseconds shortest_round{5};
constexpr std::chrono::seconds rest_after_trouble{2};

}  // namespace

PortLoop::PortLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port)
    : executor_(executor),
      parts_(parts),
      port_(port),
      loop_(executor, {"dispatch", "port " + port.name + ": ", rest_after_trouble}) {}

void PortLoop::start() {
  auto ring = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->wake();
  };
  lanes_ = std::make_shared<SealLanes>(executor_, parts_, port_, ring);
  sender_ = std::make_shared<Sender>(executor_, parts_, port_, ring);
  loop_.start([self = shared_from_this()] { return self->round(); });
}

void PortLoop::obey(const PortRule& rule) {
  if (rule == rule_) return;
  if (rule.is_paused != rule_.is_paused) {
    base::log(base::LogLevel::info, "dispatch",
              "port " + port_.name + (rule.is_paused ? " is paused: its documents wait" : " is resumed"));
  }
  rule_ = rule;
  sender_->obey(rule);
  wake();
}

void PortLoop::stop() {
  if (lanes_) lanes_->stop();
  if (sender_) sender_->stop();
  loop_.stop();
}

awaitable<void> PortLoop::finished(std::chrono::steady_clock::time_point deadline) {
  std::function<bool()> is_idle = [this] { return !loop_.is_running() && sender_->is_idle() && lanes_->is_idle(); };
  co_await pacing::wait_until(std::move(is_idle), deadline);
}

awaitable<std::chrono::milliseconds> PortLoop::round() {
  boost::asio::steady_timer shortest(executor_, shortest_round);
  const Progress progress = co_await seal_and_send();
  co_await shortest.async_wait(boost::asio::use_awaitable);
  if (progress.made) co_return std::chrono::milliseconds(0);
  std::chrono::milliseconds rest = longest_rest;
  if (progress.again) rest = std::clamp(*progress.again - parts_.clock.now(), std::chrono::milliseconds(1), rest);
  co_return rest;
}

awaitable<Progress> PortLoop::seal_and_send() {
  if (rule_.is_paused) co_return Progress{};  // what is sealed now would carry the time of now when it is sent
  const Progress sealed = co_await lanes_->open_due();
  const Progress sent = co_await sender_->send_due();
  Progress both{.made = sealed.made || sent.made, .again = sealed.again};
  if (sent.again) both.again = std::min(*sent.again, both.again.value_or(*sent.again));
  co_return both;
}

}  // namespace gateway::dispatch

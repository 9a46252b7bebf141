#include "gateway/dispatch/port_loop.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>
#include <utility>

#include "base/log.h"
#include "gateway/dispatch/outcomes.h"

namespace gateway::dispatch {

using boost::asio::awaitable;

namespace {

constexpr std::size_t most_under_way = 8;  // deliveries of one port at the same time
constexpr std::chrono::seconds longest_rest{1};
constexpr std::chrono::seconds rest_after_trouble{2};

double jitter() {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

}  // namespace

PortLoop::PortLoop(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port)
    : executor_(executor), parts_(parts), port_(port), channel_(*parts.channels.at(port.name)), bell_(executor) {}

void PortLoop::start() {
  lanes_ = std::make_shared<SealLanes>(executor_, parts_, port_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->wake();
  });
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
  wake();
}

awaitable<void> PortLoop::finished(std::chrono::steady_clock::time_point deadline) {
  while ((running_ || !under_way_.empty() || !lanes_->is_idle()) && std::chrono::steady_clock::now() < deadline) {
    co_await pause(std::chrono::milliseconds(20));
  }
}

awaitable<void> PortLoop::run() {
  while (!stopping_) {
    std::string trouble;
    Progress progress = Progress::none;
    try {
      progress = co_await round();
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    if (!trouble.empty()) {
      base::log(base::LogLevel::error, "dispatch", "port " + port_.name + ": " + trouble);
      co_await pause(rest_after_trouble);
    } else if (progress != Progress::made && !stopping_) {
      const std::chrono::milliseconds longest = longest_rest;
      co_await rest(progress == Progress::lingering ? std::min(longest, port_.linger) : longest);
    }
  }
  running_ = false;
}

awaitable<void> PortLoop::rest(std::chrono::milliseconds longest) {
  if (!rung_) {
    boost::system::error_code cut_short;
    bell_.expires_after(std::max(longest, std::chrono::milliseconds(1)));
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
  const Progress sent = co_await send_due();
  co_return sent == Progress::made ? sent : sealed;
}

awaitable<Progress> PortLoop::send_due() {
  if (stopping_ || under_way_.size() >= most_under_way) co_return Progress::none;
  const auto now = parts_.clock.now();
  auto due = co_await parts_.store.run(
      [this, now] { return parts_.ledger.due_messages(port_.name, now, 2 * most_under_way); });
  Progress progress = Progress::none;
  for (auto& message : due) {
    if (under_way_.size() >= most_under_way || stopping_) break;
    if (!under_way_.insert(message.guid).second) continue;
    progress = Progress::made;
    boost::asio::co_spawn(
        executor_,
        [](std::shared_ptr<PortLoop> self, ledger::DueMessage one) -> awaitable<void> {
          co_await self->send(std::move(one));
        }(shared_from_this(), std::move(message)),
        boost::asio::detached);
  }
  co_return progress;
}

awaitable<void> PortLoop::send(ledger::DueMessage message) {
  const std::string guid = message.guid;
  std::string trouble;
  try {
    co_await deliver(std::move(message));
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  if (!trouble.empty()) {
    base::log(base::LogLevel::error, "dispatch", "message " + guid + ": " + trouble);
    co_await pause(rest_after_trouble);
  }
  under_way_.erase(guid);
  wake();
}

awaitable<void> PortLoop::deliver(ledger::DueMessage message) {
  const auto begun = parts_.clock.now();
  auto begin = [this, guid = message.guid, begun] { return parts_.ledger.begin_delivery(guid, begun); };
  const auto delivery = co_await parts_.store.run(std::move(begin));
  if (!delivery) co_return;
  channels::Answer answer = co_await channel_.send(message.envelope);
  const auto now = parts_.clock.now();
  const Attempt attempt{.tries = message.tries + 1,
                        .first_try = message.first_try.value_or(begun),
                        .now = now,
                        .resend_after = port_.resend_after,
                        .jitter = jitter(),
                        .documents = message.documents.size(),
                        .receipt_within = port_.receipt_within_for(message.type)};
  if (answer.outcome != channels::Outcome::confirmed) {
    base::log(base::LogLevel::warning, "dispatch",
              "message " + message.guid + " to port " + port_.name + ": " + answer.text);
  }
  co_await finish(*delivery, answer, attempt);
}

// A delivery that stays begun would never be due again, so a ledger in trouble (a full disk) is asked until it keeps
// the end; at a stop the next start takes the delivery as unknown.
awaitable<void> PortLoop::finish(std::int64_t delivery, const channels::Answer& answer, const Attempt& attempt) {
  const auto keep = [this, delivery, answer, attempt] {
    parts_.ledger.finish_delivery(delivery, recorded(answer.outcome), answer.text, attempt.now,
                                  after_answer(answer, attempt));
  };
  std::string trouble;
  do {
    trouble.clear();
    try {
      auto again = keep;
      co_await parts_.store.run(std::move(again));
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    if (trouble.empty()) co_return;
    base::log(base::LogLevel::error, "dispatch", "port " + port_.name + ": " + trouble);
    co_await pause(rest_after_trouble);
  } while (!stopping_);
}

}  // namespace gateway::dispatch

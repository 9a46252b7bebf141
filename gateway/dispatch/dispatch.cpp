#include "gateway/dispatch/dispatch.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/log.h"
#include "gateway/dispatch/outcomes.h"
#include "gateway/dispatch/port_loop.h"
#include "gateway/ledger/trouble_line.h"
#include "gateway/lifecycle/retry.h"

namespace gateway::dispatch {

namespace {

constexpr std::chrono::seconds between_looks_for_abandoned{5};
constexpr std::chrono::minutes beyond_every_pause{5};  // clocks of gateways on one ledger differ
constexpr std::size_t most_brought_back = 1000;        // in one transaction

}  // namespace

Dispatch::Dispatch(boost::asio::any_io_executor executor, Parts parts) : executor_(executor), parts_(parts) {
  for (const auto& port : parts_.settings.ports) {
    loops_.emplace(port.name, std::make_shared<PortLoop>(executor, parts_, port));
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::start() {
  bring_back();
  take_over_abandoned();
  for (auto& [name, loop] : loops_) loop->start();
  looking_ = std::make_shared<boost::asio::steady_timer>(executor_);
  boost::asio::co_spawn(
      executor_, [](Dispatch& self) -> boost::asio::awaitable<void> { co_await self.look_for_abandoned(); }(*this),
      boost::asio::detached);
}

// No pause is longer than lifecycle's longest: what is due later than that was put off by a clock that has been set
// back since.
void Dispatch::bring_back() {
  const auto now = parts_.clock.now();
  const auto latest = now + lifecycle::longest_pause + beyond_every_pause;
  std::size_t all = 0, brought = 0;
  do {
    brought = parts_.ledger.bring_back(latest, now, most_brought_back);
    all += brought;
  } while (brought >= most_brought_back);
  if (all == 0) return;
  base::log(base::LogLevel::warning, "dispatch",
            "the clock was set back: " + std::to_string(all) + " documents and messages had been put off by it");
  boost::asio::post(executor_, [this] { wake(); });
}

// The bytes of these may have left: only the port, or the same bytes again, can tell.
void Dispatch::take_over_abandoned() {
  for (const auto& [delivery, message] : parts_.ledger.abandoned_deliveries()) {
    const auto now = parts_.clock.now();
    parts_.ledger.finish_delivery(delivery, ledger::DeliveryOutcome::unknown, "the gateway stopped during the delivery",
                                  now, after_start(now));
    base::log(base::LogLevel::warning, "dispatch",
              "message " + message + " was being delivered when its gateway stopped");
  }
}

boost::asio::awaitable<void> Dispatch::look_for_abandoned() {
  const auto timer = looking_;
  while (looking_) {
    boost::system::error_code cut_short;
    timer->expires_after(between_looks_for_abandoned);
    co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cut_short));
    if (!looking_) break;
    try {
      co_await parts_.store.run([this] {
        bring_back();
        take_over_abandoned();
      });
    } catch (const std::exception& error) {
      ledger::log_trouble("dispatch", "", error);
    }
  }
}

std::vector<PortReport> Dispatch::report() const {
  std::vector<PortReport> all;
  for (const auto& [name, loop] : loops_) all.push_back(loop->report());
  return all;
}

void Dispatch::wake() {
  for (auto& [name, loop] : loops_) loop->wake();
}

boost::asio::awaitable<void> Dispatch::stop(std::chrono::milliseconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  if (const auto timer = std::exchange(looking_, nullptr)) timer->cancel();
  for (auto& [name, loop] : loops_) loop->stop();
  for (auto& [name, loop] : loops_) co_await loop->finished(end);
}

}  // namespace gateway::dispatch

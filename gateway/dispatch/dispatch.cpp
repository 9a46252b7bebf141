#include "gateway/dispatch/dispatch.h"

#include <boost/asio/post.hpp>

#include "base/log.h"
#include "gateway/dispatch/outcomes.h"
#include "gateway/dispatch/port_loop.h"
#include "gateway/lifecycle/retry.h"

namespace gateway::dispatch {

namespace {

constexpr std::chrono::seconds between_looks_for_abandoned{5};
constexpr std::chrono::seconds between_looks_for_orders{5};  // where no news of them came
constexpr std::chrono::minutes beyond_every_pause{5};        // clocks of gateways on one ledger differ
constexpr std::size_t most_brought_back = 1000;              // in one transaction

}  // namespace

Dispatch::Dispatch(boost::asio::any_io_executor executor, Parts parts)
    : executor_(executor),
      parts_(parts),
      looking_(executor, {"dispatch", "", between_looks_for_abandoned}),
      obeying_(executor, {"dispatch", "", between_looks_for_orders}) {
  for (const auto& port : parts_.settings.ports) {
    loops_.emplace(port.name, std::make_shared<PortLoop>(executor, parts_, port));
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::start() {
  bring_back();
  take_over_abandoned();
  for (auto& [name, loop] : loops_) loop->start();
  obey(parts_.ledger.port_orders());  // before the first round: a port that is paused gets nothing after a restart
  looking_.start([this] { return look_for_abandoned(); });
  obeying_.start([this] { return look_for_orders(); });
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
    parts_.ledger.finish_delivery(
        delivery, {ledger::DeliveryOutcome::unknown, "the gateway stopped during the delivery"}, now, after_start(now));
    base::log(base::LogLevel::warning, "dispatch",
              "message " + message + " was being delivered when its gateway stopped");
  }
}

boost::asio::awaitable<std::chrono::milliseconds> Dispatch::look_for_abandoned() {
  co_await parts_.store.run([this] {
    bring_back();
    take_over_abandoned();
  });
  co_return between_looks_for_abandoned;
}

boost::asio::awaitable<std::chrono::milliseconds> Dispatch::look_for_orders() {
  const auto orders = co_await parts_.store.run([this] { return parts_.ledger.port_orders(); });
  obey(orders);
  co_return between_looks_for_orders;
}

void Dispatch::obey(const std::vector<ledger::PortOrders>& orders) {
  for (const ledger::PortOrders& order : orders) {
    const auto loop = loops_.find(order.port);
    if (loop == loops_.end()) continue;  // a port that was taken out of the settings
    PortRule rule{.is_paused = order.pause.has_value(), .most_at_once = {}};
    if (order.most_at_once) rule.most_at_once = static_cast<std::size_t>(*order.most_at_once);
    loop->second->obey(rule);
  }
}

void Dispatch::heed_orders() { obeying_.ring(); }

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
  for (auto& [name, loop] : loops_) loop->stop();
  co_await looking_.stop(deadline);
  co_await obeying_.stop(deadline);
  for (auto& [name, loop] : loops_) co_await loop->finished(end);
}

}  // namespace gateway::dispatch

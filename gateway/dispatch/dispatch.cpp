#include "gateway/dispatch/dispatch.h"

#include "base/log.h"
#include "gateway/dispatch/outcomes.h"
#include "gateway/dispatch/port_loop.h"

namespace gateway::dispatch {

namespace {

constexpr std::chrono::seconds between_looks_for_abandoned{5};

}  // namespace

Dispatch::Dispatch(boost::asio::any_io_executor executor, Parts parts)
    : parts_(parts), looking_(executor, {"dispatch", "", between_looks_for_abandoned}) {
  for (const auto& port : parts_.settings.ports) {
    loops_.emplace(port.name, std::make_shared<PortLoop>(executor, parts_, port));
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::start() {
  take_over_abandoned();
  for (auto& [name, loop] : loops_) loop->start();
  looking_.start([this] { return look_for_abandoned(); });
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

boost::asio::awaitable<std::chrono::milliseconds> Dispatch::look_for_abandoned() {
  co_await parts_.store.run([this] { take_over_abandoned(); });
  co_return between_looks_for_abandoned;
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
  for (auto& [name, loop] : loops_) loop->stop();
  co_await looking_.stop(deadline);
  for (auto& [name, loop] : loops_) co_await loop->finished(end);
}

}  // namespace gateway::dispatch

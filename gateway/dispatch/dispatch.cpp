#include "gateway/dispatch/dispatch.h"

#include "base/log.h"
#include "gateway/dispatch/outcomes.h"
#include "gateway/dispatch/port_loop.h"

namespace gateway::dispatch {

Dispatch::Dispatch(boost::asio::any_io_executor executor, Parts parts) : parts_(parts) {
  for (const auto& port : parts_.settings.ports) {
    loops_.emplace(port.name, std::make_shared<PortLoop>(executor, parts_, port));
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::start() {
  // The bytes of these may have left: only the port, or the same bytes again, can tell.
  for (const auto& [delivery, message] : parts_.ledger.open_deliveries()) {
    const auto now = parts_.clock.now();
    parts_.ledger.finish_delivery(delivery, ledger::DeliveryOutcome::unknown, "the gateway stopped during the delivery",
                                  now, after_start(now));
    base::log(base::LogLevel::warning, "dispatch",
              "message " + message + " was being delivered when the gateway stopped");
  }
  for (auto& [name, loop] : loops_) loop->start();
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
  for (auto& [name, loop] : loops_) co_await loop->finished(end);
}

}  // namespace gateway::dispatch

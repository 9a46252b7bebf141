#include "gateway/receipts/receipts.h"

#include <set>

#include "gateway/receipts/applier.h"
#include "gateway/receipts/silence.h"
#include "gateway/receipts/source_loop.h"

namespace gateway::receipts {

namespace {

// The DXPIDs whose receipts come through this port.
std::set<std::string> dxp_ids_of(const config::Settings& settings, const std::string& port) {
  std::set<std::string> ids;
  for (const auto& enterprise : settings.enterprises) {
    bool uses = enterprise.port == port;
    for (const auto& [type, own] : enterprise.ports) uses = uses || own == port;
    if (uses) ids.insert(enterprise.dxp_id);
  }
  return ids;
}

}  // namespace

Receipts::Receipts(boost::asio::any_io_executor executor, Parts parts)
    : parts_(parts),
      applier_(std::make_shared<Applier>(executor, parts_)),
      silence_(std::make_shared<Silence>(executor, parts_)) {
  for (const auto& port : parts_.settings.ports) {
    for (const auto& source : parts_.channels.at(port.name)->sources()) {
      for (const auto& dxp_id : dxp_ids_of(parts_.settings, port.name)) {
        loops_.push_back(std::make_shared<SourceLoop>(executor, parts_, port, source, dxp_id, *applier_));
      }
    }
  }
}

Receipts::~Receipts() = default;

void Receipts::start() {
  applier_->start();
  silence_->start();
  for (auto& loop : loops_) loop->start();
}

boost::asio::awaitable<void> Receipts::stop(std::chrono::milliseconds deadline) {
  for (auto& loop : loops_) co_await loop->stop(deadline);
  co_await applier_->stop(deadline);
  co_await silence_->stop(deadline);
}

}  // namespace gateway::receipts

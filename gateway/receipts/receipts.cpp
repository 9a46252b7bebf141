#include "gateway/receipts/receipts.h"

#include "gateway/receipts/applier.h"
#include "gateway/receipts/silence.h"
#include "gateway/receipts/source_loop.h"

namespace gateway::receipts {

Receipts::Receipts(boost::asio::any_io_executor executor, Parts parts)
    : parts_(parts),
      applier_(std::make_shared<Applier>(executor, parts_)),
      silence_(std::make_shared<Silence>(executor, parts_)) {
  for (const auto& port : parts_.settings.ports) {
    for (const auto& source : parts_.channels.at(port.name)->sources()) {
      for (const auto& dxp_id : parts_.settings.dxp_ids_of(port.name)) {
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

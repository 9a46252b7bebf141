#include "gateway/channels/as3/unclaimed_receipts.h"

#include <utility>

namespace gateway::channels::as3 {

void UnclaimedReceipts::keep(const Incoming& receipt) {
  const std::lock_guard lock(mutex_);
  if (all_.insert_or_assign(receipt.message_id, receipt).second) order_.push_back(receipt.message_id);
  if (order_.size() <= most_) return;
  all_.erase(order_.front());
  order_.pop_front();
}

std::optional<Incoming> UnclaimedReceipts::take(const std::string& message_id) {
  const std::lock_guard lock(mutex_);
  const auto found = all_.find(message_id);
  if (found == all_.end()) return std::nullopt;
  Incoming receipt = std::move(found->second);
  all_.erase(found);
  std::erase(order_, message_id);
  return receipt;
}

bool UnclaimedReceipts::contains(const std::string& message_id) const {
  const std::lock_guard lock(mutex_);
  return all_.contains(message_id);
}

}  // namespace gateway::channels::as3

#include "gateway/channels/as2/earlier_receipts.h"

#include <utility>

namespace gateway::channels::as2 {

void EarlierReceipts::remember(const std::string& key, codecs::as2::OutgoingMdn receipt) {
  const std::size_t size = key.size() + receipt.body.size();
  if (!all_.try_emplace(key, std::move(receipt)).second) return;
  order_.push_back(key);
  bytes_ += size;
  while (order_.size() > most_ || bytes_ > most_bytes_) {
    const auto oldest = all_.find(order_.front());
    bytes_ -= oldest->first.size() + oldest->second.body.size();
    all_.erase(oldest);
    order_.pop_front();
  }
}

std::optional<codecs::as2::OutgoingMdn> EarlierReceipts::find(const std::string& key) const {
  const auto found = all_.find(key);
  return found == all_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace gateway::channels::as2

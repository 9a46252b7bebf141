// Receipts that have come and that nobody has asked for yet, by the message that they answer. Bounded: the oldest go.
// Any thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/channels/as3/incoming.h"

namespace gateway::channels::as3 {

class UnclaimedReceipts {
 public:
  explicit UnclaimedReceipts(std::size_t most) : most_(most) {}

  void keep(const Incoming& receipt);
  std::optional<Incoming> take(const std::string& message_id);
  bool contains(const std::string& message_id) const;

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::map<std::string, Incoming> all_;
  std::deque<std::string> order_;  // oldest first
};

}  // namespace gateway::channels::as3

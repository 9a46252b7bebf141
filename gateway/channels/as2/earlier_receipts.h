// The receipts that were given, by message: one that comes again is answered with its own (RFC 4130 §5.3.3)
// and not processed. Bounded in number and bytes: the oldest go. One thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "codecs/as2/mdn.h"

namespace gateway::channels::as2 {

class EarlierReceipts {
 public:
  EarlierReceipts(std::size_t most, std::size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}

  void remember(const std::string& key, codecs::as2::OutgoingMdn receipt);
  std::optional<codecs::as2::OutgoingMdn> find(const std::string& key) const;

 private:
  std::size_t most_, most_bytes_, bytes_ = 0;
  std::map<std::string, codecs::as2::OutgoingMdn> all_;
  std::deque<std::string> order_;  // oldest first
};

}  // namespace gateway::channels::as2

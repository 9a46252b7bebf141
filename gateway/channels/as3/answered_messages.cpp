#include "gateway/channels/as3/answered_messages.h"

namespace gateway::channels::as3 {

void AnsweredMessages::remember(const std::string& message_id, const std::string& digest) {
  if (digests_.insert_or_assign(message_id, digest).second) order_.push_back(message_id);
  if (order_.size() <= most_) return;
  digests_.erase(order_.front());
  order_.pop_front();
}

bool AnsweredMessages::contains(const std::string& message_id, const std::string& digest) const {
  const auto found = digests_.find(message_id);
  return found != digests_.end() && found->second == digest;
}

}  // namespace gateway::channels::as3

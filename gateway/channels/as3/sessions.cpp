#include "gateway/channels/as3/sessions.h"

#include <utility>

namespace gateway::channels::as3 {

Sessions::Lent::~Lent() {
  const std::lock_guard lock(owner_.mutex_);
  owner_.idle_.push_back(std::move(session_));
}

Sessions::Lent Sessions::lend() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return {*this, std::make_unique<FtpSession>(port_, is_stopped_)};
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return {*this, std::move(session)};
}

}  // namespace gateway::channels::as3

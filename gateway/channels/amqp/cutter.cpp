#include "gateway/channels/amqp/cutter.h"

#include <sys/socket.h>

namespace gateway::channels::amqp {

void Cutter::hold(int socket) {
  const std::lock_guard lock(mutex_);
  socket_ = socket;
  if (is_cut_) shutdown(socket_, SHUT_RDWR);
}

void Cutter::let_go() {
  const std::lock_guard lock(mutex_);
  socket_ = -1;
}

void Cutter::cut() {
  const std::lock_guard lock(mutex_);
  is_cut_ = true;
  if (socket_ >= 0) shutdown(socket_, SHUT_RDWR);
}

}  // namespace gateway::channels::amqp

#include "gateway/channels/amqp/waker.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

namespace gateway::channels::amqp {

Waker::Waker() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Waker::~Waker() { close(event_); }

// A full counter wakes as well.
void Waker::wake() { eventfd_write(event_, 1); }

void Waker::wait(int socket, std::chrono::milliseconds longest) {
  std::array<pollfd, 2> both{pollfd{event_, POLLIN, 0}, pollfd{socket, POLLIN, 0}};
  poll(both.data(), both.size(), static_cast<int>(longest.count()));
  eventfd_t woken = 0;
  eventfd_read(event_, &woken);
}

}  // namespace gateway::channels::amqp

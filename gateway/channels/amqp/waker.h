// Lets one thread wait for a socket and for other threads at once. wake() from any thread; everything else on the one
// that waits. Throws std::system_error without descriptors.
#pragma once

#include <chrono>

namespace gateway::channels::amqp {

class Waker {
 public:
  Waker();
  ~Waker();
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  void wake();
  // Until the socket (-1: none) can be read, somebody wakes, or the time is over.
  void wait(int socket, std::chrono::milliseconds longest);

 private:
  int event_;
};

}  // namespace gateway::channels::amqp

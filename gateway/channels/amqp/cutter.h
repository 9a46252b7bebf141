// Ends a thread's waits on its socket from another thread. Safe from every thread.
#pragma once

#include <mutex>

namespace gateway::channels::amqp {

class Cutter {
 public:
  void hold(int socket);
  void let_go();  // before the socket is closed
  void cut();     // also what is held later

 private:
  std::mutex mutex_;
  int socket_ = -1;
  bool is_cut_ = false;
};

}  // namespace gateway::channels::amqp

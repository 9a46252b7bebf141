// The thread of one line: connects when something is wanted, lives with each connection to its end, leaves a peer alone
// for a while after each. Destroyed, it lets the connection close in order for a moment, then aborts it. It is the last
// member of what it works for.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "gateway/channels/amqp1/connection.h"
#include "gateway/channels/queues/reconnect_pause.h"

namespace gateway::channels::amqp1 {

class LineThread {
 public:
  struct Tasks {
    std::function<bool()> is_wanted;
    Connection::Tasks connected;
  };

  explicit LineThread(const config::Port& port) : port_(port) {}
  ~LineThread();
  LineThread(const LineThread&) = delete;
  LineThread& operator=(const LineThread&) = delete;

  void start(Tasks tasks);
  void wake();  // from any thread

 private:
  void run();
  bool wait_until_wanted();
  void run_connection();

  const config::Port port_;
  Tasks tasks_;
  queues::ReconnectPause pause_;

  std::mutex mutex_;
  std::condition_variable told_;
  bool is_woken_ = false, is_stopping_ = false, has_ended_ = false;
  Connection* connection_ = nullptr;
  std::thread thread_;
};

}  // namespace gateway::channels::amqp1

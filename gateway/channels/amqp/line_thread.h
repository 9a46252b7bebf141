// The thread that one connection lives on: takes turns until it is destroyed, which lets the present turn end for a
// moment and then cuts its socket. It is the last member of what it works for.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include "gateway/channels/amqp/cutter.h"
#include "gateway/channels/amqp/waker.h"

namespace gateway::channels::amqp {

class LineThread {
 public:
  ~LineThread();

  void start(std::function<void()> turn, std::function<void()> last_turn);
  Cutter& cutter() { return cutter_; }
  Waker& waker() { return waker_; }
  bool is_stopping() const { return stopping_; }

 private:
  Cutter cutter_;
  Waker waker_;
  std::atomic<bool> stopping_{false};
  std::promise<void> ended_;
  std::thread thread_;
};

}  // namespace gateway::channels::amqp

#include "gateway/channels/amqp/line_thread.h"

#include <chrono>
#include <utility>

namespace gateway::channels::amqp {

namespace {

constexpr std::chrono::seconds patience{1};

}  // namespace

void LineThread::start(std::function<void()> turn, std::function<void()> last_turn) {
  thread_ = std::thread([this, turn = std::move(turn), last_turn = std::move(last_turn)] {
    while (!stopping_) turn();
    last_turn();
    ended_.set_value();
  });
}

LineThread::~LineThread() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  waker_.wake();
  if (ended_.get_future().wait_for(patience) != std::future_status::ready) cutter_.cut();
  thread_.join();
}

}  // namespace gateway::channels::amqp

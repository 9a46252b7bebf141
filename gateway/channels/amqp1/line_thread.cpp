#include "gateway/channels/amqp1/line_thread.h"

#include <optional>
#include <utility>

namespace gateway::channels::amqp1 {

namespace {

constexpr std::chrono::seconds patience{1};

}  // namespace

void LineThread::start(Tasks tasks) {
  tasks_ = std::move(tasks);
  thread_ = std::thread([this] { run(); });
}

LineThread::~LineThread() {
  if (!thread_.joinable()) return;
  {
    std::unique_lock lock(mutex_);
    is_stopping_ = true;
    told_.notify_all();
    if (connection_ != nullptr) connection_->close();
    told_.wait_for(lock, patience, [this] { return has_ended_; });
    if (connection_ != nullptr) connection_->abort();
  }
  thread_.join();
}

void LineThread::wake() {
  const std::lock_guard lock(mutex_);
  is_woken_ = true;
  told_.notify_all();
  if (connection_ != nullptr) connection_->wake();
}

void LineThread::run() {
  while (wait_until_wanted()) run_connection();
  const std::lock_guard lock(mutex_);
  has_ended_ = true;
  told_.notify_all();
}

// False: the line stops.
bool LineThread::wait_until_wanted() {
  std::unique_lock lock(mutex_);
  for (;;) {
    told_.wait(lock, [this] { return is_woken_ || is_stopping_; });
    if (is_stopping_) return false;
    is_woken_ = false;
    lock.unlock();
    const bool is_wanted = tasks_.is_wanted();
    lock.lock();
    if (!is_wanted) continue;
    const auto left = pause_.left(std::chrono::steady_clock::now());
    return !told_.wait_for(lock, left, [this] { return is_stopping_; });
  }
}

void LineThread::run_connection() {
  std::optional<Connection> connection(std::in_place, port_, tasks_.connected);
  const auto begun = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return;
    connection_ = &*connection;
  }
  connection->run();
  const auto now = std::chrono::steady_clock::now();
  // One that the peer takes and drops at once has not stood.
  if (now - begun > queues::ReconnectPause::longest) pause_.succeeded();
  pause_.failed(now);
  {
    const std::lock_guard lock(mutex_);
    connection_ = nullptr;
    is_woken_ = true;  // what came in the meantime
  }
}

}  // namespace gateway::channels::amqp1

#include "signing/device_calls.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace signing {

namespace {

enum class Stage { waiting, running, finished, given_up };

struct Errand {
  std::function<void()> call;
  Stage stage = Stage::waiting;
};

}  // namespace

struct DeviceCalls::Desk {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::shared_ptr<Errand>> queue;
  bool hangs = false;  // the running call's caller has given it up
  bool closed = false;

  static void work(const std::shared_ptr<Desk>& desk) {
    std::unique_lock lock(desk->mutex);
    for (;;) {
      desk->changed.wait(lock, [&] { return desk->closed || !desk->queue.empty(); });
      if (desk->closed) return;
      const auto errand = std::move(desk->queue.front());
      desk->queue.pop_front();
      if (errand->stage == Stage::given_up) continue;
      errand->stage = Stage::running;
      lock.unlock();
      errand->call();
      errand->call = nullptr;  // what it captured goes here, not under the lock
      lock.lock();
      errand->stage = Stage::finished;
      desk->hangs = false;
      desk->changed.notify_all();
    }
  }
};

DeviceCalls::DeviceCalls() : desk_(std::make_shared<Desk>()) {
  std::thread([desk = desk_] { Desk::work(desk); }).detach();
}

DeviceCalls::~DeviceCalls() {
  const std::scoped_lock lock(desk_->mutex);
  desk_->closed = true;
  desk_->changed.notify_all();
}

bool DeviceCalls::hangs() const {
  const std::scoped_lock lock(desk_->mutex);
  return desk_->hangs;
}

bool DeviceCalls::finished_in_time(std::chrono::milliseconds timeout, std::function<void()> call) {
  const auto end = std::chrono::steady_clock::now() + timeout;
  std::unique_lock lock(desk_->mutex);
  if (desk_->hangs) return false;
  const auto errand = std::make_shared<Errand>();
  errand->call = std::move(call);
  desk_->queue.push_back(errand);
  desk_->changed.notify_all();
  const bool finished = desk_->changed.wait_until(lock, end, [&] { return errand->stage == Stage::finished; });
  if (finished) return true;
  if (errand->stage == Stage::running) desk_->hangs = true;
  errand->stage = Stage::given_up;
  return false;
}

}  // namespace signing

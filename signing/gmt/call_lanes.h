// Several threads for calls into a vendor's library that may hang: each call takes one that is free. A thread whose
// call hangs is passed over until the call returns. Safe from every thread; faults are the caller's: nothing comes back
// where no call ended in time.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "signing/device_calls.h"

namespace signing::gmt {

class CallLanes {
 public:
  explicit CallLanes(unsigned count) {
    for (unsigned made = 0; made < count; ++made) free_.push_back(std::make_unique<DeviceCalls>());
  }

  // As DeviceCalls::run(); the wait for a free thread is part of the time.
  template <class Call>
  std::optional<std::invoke_result_t<Call>> run(std::chrono::milliseconds timeout, Call call) {
    const auto end = std::chrono::steady_clock::now() + timeout;
    auto lane = take(end);
    if (!lane) return std::nullopt;
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    auto result = lane->run(rest, std::move(call));
    give_back(std::move(lane));
    return result;
  }

 private:
  using Lane = std::unique_ptr<DeviceCalls>;
  using Time = std::chrono::steady_clock::time_point;

  Lane take(Time end) {
    std::unique_lock lock(mutex_);
    auto usable = free_.end();
    const auto found = [&] {
      usable = std::find_if(free_.begin(), free_.end(), [](const Lane& lane) { return !lane->hangs(); });
      return usable != free_.end();
    };
    if (!changed_.wait_until(lock, end, found)) return nullptr;
    Lane lane = std::move(*usable);
    free_.erase(usable);
    return lane;
  }

  void give_back(Lane lane) {
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(lane));
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Lane> free_;
};

}  // namespace signing::gmt

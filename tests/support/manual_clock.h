// A clock that stands until it is moved.
#pragma once

#include <atomic>

#include "base/clock.h"

namespace tests {

class ManualClock final : public base::Clock {
 public:
  explicit ManualClock(base::Time start) : now_(start.time_since_epoch()) {}
  base::Time now() const override { return base::Time(now_.load()); }
  void advance(std::chrono::milliseconds by) { now_.store(now_.load() + by); }

 private:
  std::atomic<std::chrono::milliseconds> now_;
};

}  // namespace tests

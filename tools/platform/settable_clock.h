// The simulator's clock: the system's, ahead of it by what it was told. Safe from every thread.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace tools::platform {

class SettableClock final : public base::Clock {
 public:
  explicit SettableClock(std::chrono::seconds ahead) : ahead_seconds_(ahead.count()) {}

  base::Time now() const override { return system_.now() + ahead(); }
  std::chrono::seconds ahead() const { return std::chrono::seconds(ahead_seconds_.load()); }
  void advance(std::chrono::seconds span) { ahead_seconds_ += span.count(); }

 private:
  const base::SystemClock system_;
  std::atomic<std::chrono::seconds::rep> ahead_seconds_;
};

inline constexpr std::chrono::seconds furthest_ahead{std::chrono::hours(24 * 366)};

}  // namespace tools::platform

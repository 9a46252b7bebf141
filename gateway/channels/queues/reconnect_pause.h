// How long a broker that could not be reached is left alone: longer after each failure. Pure; one thread.
#pragma once

#include <algorithm>
#include <chrono>

namespace gateway::channels::queues {

class ReconnectPause {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::milliseconds first{100}, longest{5000};

  bool is_over(Time now) const { return now >= end_; }
  std::chrono::milliseconds left(Time now) const {
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(end_ - now, Time::duration::zero()));
  }
  void failed(Time now) {
    next_ = std::min(next_ * 2, longest);
    end_ = now + next_;
  }
  void succeeded() { *this = ReconnectPause(); }

 private:
  std::chrono::milliseconds next_ = first / 2;
  Time end_{};
};

}  // namespace gateway::channels::queues

// How often a message that cannot be opened is answered in a time: whoever alters messages and watches the answers
// learns from them what they decrypt to (docs/decisions/0033). One thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace gateway::channels::as2 {

class FailureLimit {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  FailureLimit(std::size_t most, std::chrono::seconds within) : most_(most), within_(within) {}

  // Whether this one may be answered; it counts where it may.
  bool may_answer(Moment now) {
    while (!answered_.empty() && answered_.front() + within_ <= now) answered_.pop_front();
    if (answered_.size() >= most_) return false;
    answered_.push_back(now);
    return true;
  }

 private:
  std::size_t most_;
  std::chrono::seconds within_;
  std::deque<Moment> answered_;
};

}  // namespace gateway::channels::as2

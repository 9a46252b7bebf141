// How a line to a broker stands, in words for people.
#pragma once

#include <mutex>
#include <string>
#include <utility>

namespace gateway::channels::queues {

enum class Standing { unused, up, down };

struct LineState {
  Standing standing = Standing::unused;
  std::string words = "尚未使用 | not used yet";  // Chinese | English
};

inline LineState connected() { return {Standing::up, "已连接 | connected"}; }

// The state that a line's own thread says and others read. Safe from every thread.
class SaidState {
 public:
  LineState now() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }
  void say(LineState state) {
    const std::lock_guard lock(mutex_);
    state_ = std::move(state);
  }

 private:
  mutable std::mutex mutex_;
  LineState state_;
};

}  // namespace gateway::channels::queues

// A key that counts its signatures and the time they take, and tells what its device refuses. Safe from every thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include "signing/key.h"

namespace gateway::keys {

struct Measures {
  std::uint64_t signatures = 0, failures = 0;
  std::chrono::microseconds mean{0};            // of one signature, the latest counting most
  std::size_t pending = 0;                      // asked for and not yet made
  std::chrono::milliseconds oldest_pending{0};  // how long it has been waiting
};

class MeasuredKey final : public signing::Key {
 public:
  // on_refusal is called with the first fault of a signature that was not made, on the caller's thread.
  MeasuredKey(std::shared_ptr<const signing::Key> key, std::function<void(const base::Fault&)> on_refusal)
      : key_(std::move(key)), on_refusal_(std::move(on_refusal)) {}

  const signing::Certificate& certificate() const override { return key_->certificate(); }
  base::Result<std::string> sign(signing::SignatureAlgorithm algorithm, std::string_view bytes) const override;
  base::Done check() const override { return key_->check(); }
  unsigned parallel() const override { return key_->parallel(); }

  Measures measures() const;

 private:
  using SteadyClock = std::chrono::steady_clock;

  std::shared_ptr<const signing::Key> key_;
  std::function<void(const base::Fault&)> on_refusal_;
  mutable std::mutex mutex_;
  mutable Measures measures_;
  mutable std::multiset<SteadyClock::time_point> pending_;  // when they were asked for
};

}  // namespace gateway::keys

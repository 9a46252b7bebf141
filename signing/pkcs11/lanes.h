// The connections of one key, each on a thread of its own, so that as many calls run at the same time. A call that
// hangs keeps its lane; the others go on. Safe from every thread; the destructor closes what does not hang.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <vector>

#include "signing/device_calls.h"
#include "signing/pkcs11/connection.h"

namespace signing::pkcs11 {

class Lanes {
 public:
  Lanes(const std::shared_ptr<KeyPlace>& place, unsigned count, std::chrono::milliseconds timeout);
  ~Lanes();
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  unsigned count() const { return static_cast<unsigned>(lanes_.size()); }

  // What the call makes of a free connection; nothing where that took longer than the timeout, the wait for a free one
  // included, or where every one hangs. As DeviceCalls::run.
  template <class Call>
  std::optional<std::invoke_result_t<Call, Connection&>> run(Call call) {
    const auto end = std::chrono::steady_clock::now() + timeout_;
    Lane* lane = take(end);
    if (lane == nullptr) return std::nullopt;
    auto result = lane->calls.run(
        left_until(end), [connection = lane->connection, call = std::move(call)] { return call(*connection); });
    give_back(*lane);
    return result;
  }

 private:
  struct Lane {
    explicit Lane(const std::shared_ptr<KeyPlace>& place) : connection(std::make_shared<Connection>(place)) {}
    const std::shared_ptr<Connection> connection;  // shared with a call that hangs
    DeviceCalls calls;
    bool taken = false;
  };

  static std::chrono::milliseconds left_until(std::chrono::steady_clock::time_point end);
  Lane* take(std::chrono::steady_clock::time_point end);
  void give_back(Lane& lane);

  const std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace signing::pkcs11

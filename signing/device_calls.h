// Calls into a vendor's library, which may hang for good: they run one after another on a thread of their own, and the
// caller waits no longer than it says. A call that does not return keeps its thread; until it returns every further
// call is refused at once. Safe from every thread; the destructor does not wait for a call that hangs.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace signing {

class DeviceCalls {
 public:
  DeviceCalls();
  ~DeviceCalls();
  DeviceCalls(const DeviceCalls&) = delete;
  DeviceCalls& operator=(const DeviceCalls&) = delete;

  // The call's result; nothing where it did not begin, or did not end, within `timeout`. A call that has not begun by
  // then never does. It must not throw. What the call captures must outlive it: capture by value, or shared.
  template <class Call>
  std::optional<std::invoke_result_t<Call>> run(std::chrono::milliseconds timeout, Call call) {
    auto result = std::make_shared<std::optional<std::invoke_result_t<Call>>>();
    if (!finished_in_time(timeout, [result, call = std::move(call)]() mutable { result->emplace(call()); })) {
      return std::nullopt;
    }
    return std::move(*result);
  }

  // Whether a call that its caller gave up has not returned yet.
  bool hangs() const;

 private:
  struct Desk;
  bool finished_in_time(std::chrono::milliseconds timeout, std::function<void()> call);
  std::shared_ptr<Desk> desk_;  // shared with its thread, which a hanging call keeps
};

}  // namespace signing

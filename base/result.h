// A value, or every fault that kept it from being made (at least one). Leaves return it; exceptions are for start-up
// and bugs.
#pragma once

#include <utility>
#include <variant>

#include "base/fault.h"

namespace base {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Fault fault) : held_(std::in_place_index<1>, Faults{std::move(fault)}) {}
  Result(Faults faults) : held_(std::in_place_index<1>, std::move(faults)) {}

  explicit operator bool() const { return held_.index() == 0; }

  T& value() & { return std::get<0>(held_); }
  const T& value() const& { return std::get<0>(held_); }
  T&& value() && { return std::get<0>(std::move(held_)); }
  T* operator->() { return &std::get<0>(held_); }
  const T* operator->() const { return &std::get<0>(held_); }
  T& operator*() & { return std::get<0>(held_); }
  const T& operator*() const& { return std::get<0>(held_); }
  T&& operator*() && { return std::get<0>(std::move(held_)); }

  const Faults& faults() const { return std::get<1>(held_); }

 private:
  std::variant<T, Faults> held_;
};

// For what can fail but has nothing to give.
struct Nothing {};
using Done = Result<Nothing>;

}  // namespace base

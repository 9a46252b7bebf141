// The faults of one message, up to a limit; the last one then says that there are more.
#pragma once

#include <cstddef>
#include <utility>

#include "base/fault.h"

namespace schemas {

inline constexpr std::size_t most_faults = 10'000;

class FaultList {
 public:
  bool is_full() const { return faults_.size() >= most_faults; }
  void add(base::Fault fault);
  base::Faults take() { return std::move(faults_); }

 private:
  base::Faults faults_;
};

}  // namespace schemas

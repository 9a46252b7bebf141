#include "base/fault.h"

#include <algorithm>

namespace base {

bool has_error(const Faults& faults) {
  return std::any_of(faults.begin(), faults.end(), [](const Fault& f) { return f.severity == Severity::error; });
}

}  // namespace base

#include "base/core_dumps.h"

#include <cerrno>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <system_error>

namespace base {

void forbid_core_dumps() {
  const rlimit none{0, 0};
  // prlimit and not setrlimit, which the service's filter of system calls holds back.
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prlimit(0, RLIMIT_CORE, &none, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "core dumps cannot be forbidden");
  }
}

}  // namespace base

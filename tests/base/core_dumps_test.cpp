#include "base/core_dumps.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace {

[[noreturn]] void forbid_and_leave() {
  base::forbid_core_dumps();
  rlimit limit{1, 1};
  getrlimit(RLIMIT_CORE, &limit);
  const bool forbidden = prctl(PR_GET_DUMPABLE) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
  std::_Exit(forbidden ? 0 : 1);
}

TEST(CoreDumps, AreForbiddenForGood) {
  ASSERT_EQ(prctl(PR_GET_DUMPABLE), 1);
  EXPECT_EXIT(forbid_and_leave(), testing::ExitedWithCode(0), "");
}

}  // namespace

// The key that the messages sent to the simulator are signed with, and the authority that issued it; made once.
#pragma once

#include <string>

#include "tests/support/test_keys.h"

namespace tests::tools {

TestAuthority& platform_authority();
std::string signed_text(const std::string& xml);

}  // namespace tests::tools

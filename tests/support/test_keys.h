// The authority of tools/test_keys by the name that tests call it.
#pragma once

#include "tools/test_keys/test_keys.h"

namespace tests {

using ::tools::test_keys::TestAuthority;
using ::tools::test_keys::TestIdentity;
using ::tools::test_keys::TestValidity;

}  // namespace tests

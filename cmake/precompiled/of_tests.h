// What the tests' own sources include besides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cmake/precompiled/standard_library.h"

#include "cmake/precompiled/of_tests.h"

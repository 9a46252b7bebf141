#include "cmake/precompiled/standard_library.h"

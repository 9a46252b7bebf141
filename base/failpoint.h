// Places where a test lets the process die as if its machine had lost power: CEBGATE_FAILPOINT=NAME in the environment,
// or NAME:3 for the third time that the place is come by. Release builds have none of it. Safe from every thread.
#pragma once

#include <string_view>

namespace base {

#ifdef CEBGATE_FAILPOINTS
void failpoint(std::string_view name);
#else
inline void failpoint(std::string_view) {}
#endif

}  // namespace base

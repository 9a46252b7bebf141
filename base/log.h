// The log, one line an event, on stderr. Only programs and the gateway's loops write to it, and never personal data: a
// document is named by its type and guid. Safe from every thread.
#pragma once

#include <string_view>

namespace base {

enum class LogLevel { info, warning, error };

// part: who speaks, e.g. "dispatch"
void log(LogLevel level, std::string_view part, std::string_view text);

}  // namespace base

// What the section [console] says of persons who sign in.
#include "config/sections.h"

namespace config {

namespace {

constexpr DurationRange session_range{std::chrono::seconds(1), std::chrono::hours(24 * 30)};

}  // namespace

Console read_console(TableReader reader) {
  reader.allow({"idle_end", "session_end"});
  Console console;
  reader.duration("idle_end", console.idle_end, session_range);
  reader.duration("session_end", console.session_end, session_range);
  if (console.idle_end > console.session_end) {
    reader.complain("idle_end", "settings.value", "idle_end 不能长于 session_end。",
                    "idle_end must not be longer than session_end.");
  }
  return console;
}

}  // namespace config

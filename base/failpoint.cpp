#include "base/failpoint.h"

#ifdef CEBGATE_FAILPOINTS

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string>

namespace base {

namespace {

struct Chosen {
  std::string name;
  int times = 1;
};

Chosen read_environment() {
  const char* const written = std::getenv("CEBGATE_FAILPOINT");
  Chosen chosen{.name = written == nullptr ? "" : written, .times = 1};
  const auto colon = chosen.name.find(':');
  if (colon == std::string::npos) return chosen;
  std::from_chars(chosen.name.data() + colon + 1, chosen.name.data() + chosen.name.size(), chosen.times);
  chosen.name.resize(colon);
  return chosen;
}

}  // namespace

void failpoint(std::string_view name) {
  static const Chosen chosen = read_environment();
  static std::atomic<int> times{0};
  if (chosen.name == name && ++times == chosen.times) std::raise(SIGKILL);
}

}  // namespace base

#endif

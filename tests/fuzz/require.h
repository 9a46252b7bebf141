// What must hold for every input: else the program says what broke and aborts, which libFuzzer takes as a crash.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace tests::fuzz {

inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace tests::fuzz

// Waiting for what other processes do: asks again and again until it holds or the time is up. Programs with sanitizers
// are several times slower and get that much more time.
#pragma once

#include <chrono>
#include <thread>

namespace tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int slowness = 6;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr int slowness = 6;
#else
inline constexpr int slowness = 1;
#endif
#else
inline constexpr int slowness = 1;
#endif

template <class Condition>
bool eventually(Condition holds, std::chrono::milliseconds longest = std::chrono::seconds(20)) {
  constexpr std::chrono::milliseconds between{10};
  const auto end = std::chrono::steady_clock::now() + longest * slowness;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(between);
  }
  return true;
}

}  // namespace tests

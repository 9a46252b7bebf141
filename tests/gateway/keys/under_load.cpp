#include <mutex>
#include <thread>

#include "tests/gateway/keys/key_bench.h"

namespace tests {

Outcomes under_load(const gateway::keys::Keys& keys, int threads, int each) {
  std::mutex mutex;
  Outcomes outcomes;
  std::vector<std::thread> callers;
  for (int i = 0; i < threads; ++i) {
    callers.emplace_back([&] {
      for (int n = 0; n < each; ++n) {
        const auto outcome = KeyBench::signed_by(keys);
        const std::scoped_lock lock(mutex);
        ++outcomes[outcome];
      }
    });
  }
  for (auto& caller : callers) caller.join();
  return outcomes;
}

}  // namespace tests
